// What can be done with an incident: take it on, say that it is over, take it along as a file.
import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import DialogContentText from '@mui/material/DialogContentText';
import TextField from '@mui/material/TextField';
import { useState } from 'react';
import { FormDialog } from '@/components/form-dialog';
import { Icon } from '@/components/icon';
import { useHolds } from '@/hooks/use-session';
import { save } from '@/lib/csv';
import { messageOf } from '@/lib/problem';
import {
  exported,
  useAcknowledge,
  useResolve,
  type Format,
  type IncidentDetail,
} from '../api/use-alerts';
import { t } from '../words';

export function IncidentDeeds({ incident }: { incident: IncidentDetail }) {
  const operator = useHolds('operator');
  const acknowledge = useAcknowledge(incident.id);
  const [resolving, setResolving] = useState(false);
  return (
    <>
      <Exports incident={incident.id} />
      {operator && incident.state === 'open' && (
        <Button
          variant="outlined"
          startIcon={<Icon name="person" size={14} />}
          loading={acknowledge.isPending}
          onClick={() => {
            acknowledge.mutate(undefined);
          }}
        >
          {t('acknowledge')}
        </Button>
      )}
      {operator && incident.state !== 'resolved' && (
        <Button
          variant="contained"
          startIcon={<Icon name="check" size={14} />}
          onClick={() => {
            setResolving(true);
          }}
        >
          {t('resolve')}
        </Button>
      )}
      {acknowledge.error !== null && (
        <Alert severity="error" role="alert" sx={{ width: '100%' }}>
          {messageOf(acknowledge.error)}
        </Alert>
      )}
      {resolving && (
        <ResolveDialog
          incident={incident.id}
          onClose={() => {
            setResolving(false);
          }}
        />
      )}
    </>
  );
}

function ResolveDialog({ incident, onClose }: { incident: string; onClose: () => void }) {
  const [text, setText] = useState('');
  const resolve = useResolve(incident);
  return (
    <FormDialog
      title={t('resolveTitle')}
      submit={t('resolve')}
      busy={resolve.isPending}
      error={resolve.error}
      onClose={onClose}
      onSubmit={() => {
        resolve.mutate(text.trim(), { onSuccess: onClose });
      }}
    >
      <DialogContentText variant="body2">{t('resolveWhy')}</DialogContentText>
      <TextField
        multiline
        minRows={2}
        autoFocus
        label={t('resolveNote')}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
        }}
        slotProps={{ htmlInput: { maxLength: 4000 } }}
      />
    </FormDialog>
  );
}

const files: Record<Format, readonly [suffix: string, type: string]> = {
  markdown: ['md', 'text/markdown'],
  json: ['json', 'application/json'],
};

function Exports({ incident }: { incident: string }) {
  const [busy, setBusy] = useState<Format | null>(null);
  const [failure, setFailure] = useState<string | null>(null);

  async function run(format: Format): Promise<void> {
    setBusy(format);
    setFailure(null);
    try {
      const [suffix, type] = files[format];
      save(`incident-${incident.slice(0, 8)}.${suffix}`, await exported(incident, format), type);
    } catch (error) {
      setFailure(t('exportFailed', { reason: messageOf(error) }));
    }
    setBusy(null);
  }

  return (
    <>
      {(['markdown', 'json'] as const).map((format) => (
        <Button
          key={format}
          variant="outlined"
          loading={busy === format}
          onClick={() => void run(format)}
        >
          {t(format === 'markdown' ? 'exportMarkdown' : 'exportJson')}
        </Button>
      ))}
      {failure !== null && (
        <Alert severity="error" role="alert" sx={{ width: '100%' }}>
          {failure}
        </Alert>
      )}
    </>
  );
}
