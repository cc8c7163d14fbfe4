// What happened in an incident, one under the other, and the field for one more note.
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { Age } from '@/components/age';
import { ProblemAlert } from '@/components/problem-alert';
import type { Health } from '@/lib/health';
import { useHolds } from '@/hooks/use-session';
import { useAddNote, type IncidentDetail } from '../api/use-alerts';
import { t } from '../words';

type Entry = IncidentDetail['timeline'][number];

const healths: Record<Entry['kind'], Health> = {
  opened: 'bad',
  alert_firing: 'bad',
  alert_resolved: 'good',
  acknowledged: 'busy',
  note: 'idle',
  resolved: 'good',
  reopened: 'bad',
  escalated: 'bad',
};

export function IncidentTimeline({ incident }: { incident: IncidentDetail }) {
  const operator = useHolds('operator');
  return (
    <>
      <Box component="ol" aria-live="polite" sx={{ listStyle: 'none', m: 0, p: 0 }}>
        {incident.timeline.map((entry, place) => (
          <Step
            key={entry.id}
            entry={entry}
            last={place === incident.timeline.length - 1 && !operator}
          />
        ))}
      </Box>
      {operator && <NoteForm incident={incident.id} />}
    </>
  );
}

function Step({ entry, last }: { entry: Entry; last: boolean }) {
  return (
    <Box
      component="li"
      sx={(theme) => ({
        position: 'relative',
        pl: 3,
        pb: last ? 0 : 1.75,
        '&::before': {
          content: '""',
          position: 'absolute',
          left: 4,
          top: 6,
          width: 9,
          height: 9,
          borderRadius: '50%',
          backgroundColor: theme.vars.palette.state[healths[entry.kind]].main,
        },
        ...(!last && {
          '&::after': {
            content: '""',
            position: 'absolute',
            left: 8,
            top: 20,
            bottom: -1,
            width: '1px',
            backgroundColor: theme.vars.palette.divider,
          },
        }),
      })}
    >
      <Box sx={{ display: 'flex', gap: 1, alignItems: 'baseline' }}>
        <Typography variant="body2" sx={{ fontWeight: 550, flexGrow: 1, minWidth: 0 }}>
          {t(`kind.${entry.kind}`)}
          {entry.by !== null && (
            <Typography variant="caption" component="span" color="textSecondary">
              {' '}
              {t('by', { name: entry.by })}
            </Typography>
          )}
        </Typography>
        <Typography variant="caption" color="textSecondary" sx={{ flexShrink: 0 }}>
          <Age value={entry.at} />
        </Typography>
      </Box>
      {entry.text !== '' && (
        <Typography variant="body2" sx={{ overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' }}>
          {entry.text}
        </Typography>
      )}
    </Box>
  );
}

function NoteForm({ incident }: { incident: string }) {
  const [text, setText] = useState('');
  const [key, setKey] = useState(() => crypto.randomUUID());
  const add = useAddNote(incident);
  return (
    <Box
      component="form"
      onSubmit={(event) => {
        event.preventDefault();
        add.mutate(
          { text: text.trim(), key },
          {
            onSuccess: () => {
              setText('');
              setKey(crypto.randomUUID());
            },
          },
        );
      }}
      sx={{ display: 'grid', gap: 1, mt: 1, pl: 3, justifyItems: 'start' }}
    >
      <TextField
        multiline
        minRows={2}
        label={t('note')}
        placeholder={t('noteHint')}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
        }}
        slotProps={{ htmlInput: { maxLength: 4000 } }}
      />
      <ProblemAlert error={add.error} />
      <Button
        type="submit"
        variant="outlined"
        disabled={text.trim() === ''}
        loading={add.isPending}
      >
        {t('addNote')}
      </Button>
    </Box>
  );
}
