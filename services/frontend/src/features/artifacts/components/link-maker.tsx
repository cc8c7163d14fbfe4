// A link that gives one file to whoever has it, for a while.
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { Section } from '@/components/section';
import { messageOf } from '@/lib/problem';
import { moment } from '@/lib/time';
import { useLink } from '../api/use-artifacts';
import { t } from '../words';

const lengths = [
  [900, 'minutes15'],
  [3600, 'hour'],
  [86_400, 'day'],
] as const;

export function LinkMaker({ artifact }: { artifact: string }) {
  const make = useLink(artifact);
  const [seconds, setSeconds] = useState(900);
  const address = make.data && new URL(make.data.url, globalThis.location.origin).toString();
  return (
    <Section title={t('link')}>
      <Box sx={{ display: 'flex', gap: 1, alignItems: 'end', mb: 1 }}>
        <TextField
          select
          label={t('linkFor')}
          value={String(seconds)}
          onChange={(event) => {
            setSeconds(Number(event.target.value));
          }}
        >
          {lengths.map(([length, name]) => (
            <MenuItem key={length} value={String(length)}>
              {t(name)}
            </MenuItem>
          ))}
        </TextField>
        <Button
          variant="outlined"
          loading={make.isPending}
          sx={{ flexShrink: 0 }}
          onClick={() => {
            make.mutate(seconds);
          }}
        >
          {t('makeLink')}
        </Button>
      </Box>
      {address !== undefined && make.data !== undefined && (
        <>
          <Box sx={{ display: 'flex', gap: 1, alignItems: 'center' }}>
            <TextField
              value={address}
              slotProps={{ htmlInput: { readOnly: true, 'aria-label': t('link') } }}
            />
            <Copy key={address} text={address} />
          </Box>
          <Typography variant="caption" color="textSecondary">
            {t('until', { when: moment(make.data.expires_at) })}
          </Typography>
        </>
      )}
      {make.error !== null && (
        <Alert severity="error" role="alert">
          {t('notDone', { reason: messageOf(make.error) })}
        </Alert>
      )}
    </Section>
  );
}

function Copy({ text }: { text: string }) {
  const [copied, setCopied] = useState(false);
  return (
    <Button
      onClick={() => {
        void navigator.clipboard.writeText(text).then(() => {
          setCopied(true);
        });
      }}
    >
      {t(copied ? 'copied' : 'copy')}
    </Button>
  );
}
