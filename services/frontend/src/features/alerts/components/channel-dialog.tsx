// Adding a channel: by mail, or by an address that takes messages as Slack does.
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import { useState } from 'react';
import { FormDialog } from '@/components/form-dialog';
import { useAddChannel } from '../api/use-channels';
import { t } from '../channel-words';
import type { Severity } from '../filter';

type Kind = 'mail' | 'slack';

export function ChannelDialog({ onClose }: { onClose: () => void }) {
  const add = useAddChannel();
  const [key] = useState(() => crypto.randomUUID());
  const [name, setName] = useState('');
  const [kind, setKind] = useState<Kind>('mail');
  const [target, setTarget] = useState('');
  const [severity, setSeverity] = useState<Severity | ''>('');
  return (
    <FormDialog
      title={t('add')}
      submit={t('addIt')}
      busy={add.isPending}
      error={add.error}
      onClose={onClose}
      onSubmit={() => {
        const severities = severity === '' ? [] : [severity];
        add.mutate({ name, kind, target: target.trim(), severities, key }, { onSuccess: onClose });
      }}
    >
      <TextField
        label={t('name')}
        required
        autoFocus
        value={name}
        helperText={t('nameHint')}
        onChange={(event) => {
          setName(event.target.value.toLowerCase());
        }}
        slotProps={{
          inputLabel: { required: false },
          htmlInput: { pattern: '[a-z0-9][a-z0-9\\-]*', maxLength: 63 },
        }}
      />
      <TextField
        select
        label={t('kind')}
        value={kind}
        onChange={(event) => {
          setKind(event.target.value as Kind);
        }}
      >
        {(['mail', 'slack'] as const).map((each) => (
          <MenuItem key={each} value={each}>
            {t(each)}
          </MenuItem>
        ))}
      </TextField>
      <TextField
        label={t(kind === 'mail' ? 'target' : 'url')}
        type={kind === 'mail' ? 'email' : 'url'}
        required
        value={target}
        onChange={(event) => {
          setTarget(event.target.value);
        }}
        slotProps={{ inputLabel: { required: false } }}
      />
      <TextField
        select
        label={t('severities')}
        value={severity}
        onChange={(event) => {
          setSeverity(event.target.value as Severity | '');
        }}
        slotProps={{ select: { displayEmpty: true } }}
      >
        <MenuItem value="">{t('all')}</MenuItem>
        {(['page', 'ticket'] as const).map((each) => (
          <MenuItem key={each} value={each}>
            {t(each)}
          </MenuItem>
        ))}
      </TextField>
    </FormDialog>
  );
}
