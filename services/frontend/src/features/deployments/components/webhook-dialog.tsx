// Adding a webhook; then, once, its secret.
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useId, useState, type FormEvent } from 'react';
import { Code } from '@/components/facts';
import { useDeliveryEnvironments } from '@/hooks/use-delivery';
import { messageOf } from '@/lib/problem';
import { eventTypes, useAddWebhook } from '../api/use-webhooks';
import { t } from '../webhook-words';

export function WebhookDialog({ onClose }: { onClose: () => void }) {
  const title = useId();
  const add = useAddWebhook();
  const secret = add.data?.secret;
  return (
    <Dialog open onClose={onClose} maxWidth="xs" fullWidth aria-labelledby={title}>
      <DialogTitle id={title}>{t(secret === undefined ? 'add' : 'secretTitle')}</DialogTitle>
      {secret === undefined ? (
        <Form add={add} onClose={onClose} />
      ) : (
        <>
          <DialogContent>
            <Typography variant="body2" sx={{ mb: 1.5 }}>
              {t('secret')}
            </Typography>
            <Box sx={{ overflowWrap: 'anywhere', userSelect: 'all' }}>
              <Code>{secret}</Code>
            </Box>
          </DialogContent>
          <DialogActions>
            <Button variant="contained" onClick={onClose}>
              {t('done')}
            </Button>
          </DialogActions>
        </>
      )}
    </Dialog>
  );
}

interface FormProps {
  add: ReturnType<typeof useAddWebhook>;
  onClose: () => void;
}

function Form({ add, onClose }: FormProps) {
  const environments = useDeliveryEnvironments().data?.items ?? [];
  const [key] = useState(() => crypto.randomUUID());
  const [url, setUrl] = useState('');
  const [types, setTypes] = useState<string[]>([]);
  const [environment, setEnvironment] = useState('');

  function submit(event: FormEvent): void {
    event.preventDefault();
    add.mutate({ url: url.trim(), types, environment: environment || null, key });
  }

  return (
    <Box component="form" onSubmit={submit}>
      <DialogContent sx={{ display: 'grid', gap: 2, pt: '8px !important' }}>
        <TextField
          label={t('url')}
          type="url"
          autoFocus
          required
          placeholder="https://"
          helperText={t('urlHint')}
          value={url}
          onChange={(event) => {
            setUrl(event.target.value);
          }}
        />
        <TextField
          select
          label={t('types')}
          value={types}
          slotProps={{
            select: {
              multiple: true,
              displayEmpty: true,
              renderValue: (chosen) => (chosen as string[]).join(', ') || t('allTypes'),
            },
          }}
          onChange={(event) => {
            setTypes(event.target.value as unknown as string[]);
          }}
        >
          {eventTypes.map((type) => (
            <MenuItem key={type} value={type}>
              {type}
            </MenuItem>
          ))}
        </TextField>
        <TextField
          select
          label={t('environment')}
          value={environment}
          slotProps={{ select: { displayEmpty: true } }}
          onChange={(event) => {
            setEnvironment(event.target.value);
          }}
        >
          <MenuItem value="">{t('anyEnvironment')}</MenuItem>
          {environments.map(({ name }) => (
            <MenuItem key={name} value={name}>
              {name}
            </MenuItem>
          ))}
        </TextField>
        {add.error !== null && (
          <Alert severity="error" role="alert" icon={false}>
            {messageOf(add.error)}
          </Alert>
        )}
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{t('cancel')}</Button>
        <Button type="submit" variant="contained" loading={add.isPending}>
          {t('addIt')}
        </Button>
      </DialogActions>
    </Box>
  );
}
