// A new service identity: its name and the most that it may do.
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { FormDialog } from '@/components/form-dialog';
import { useCreateServiceIdentity } from '../api/use-service-identities';
import type { Role } from '../api/use-users';
import { t } from '../words';
import { RoleField } from './role-field';

export function ServiceDialog({ onClose }: { onClose: () => void }) {
  const create = useCreateServiceIdentity();
  const [idempotencyKey] = useState(() => crypto.randomUUID());
  const [name, setName] = useState('');
  const [role, setRole] = useState<Role>('viewer');
  return (
    <FormDialog
      title={t('serviceNew')}
      submit={t('create')}
      busy={create.isPending}
      error={create.error}
      onClose={onClose}
      onSubmit={() => {
        create.mutate({ name: name.trim(), role, idempotencyKey }, { onSuccess: onClose });
      }}
    >
      <Typography variant="body2" color="textSecondary">
        {t('servicesAbout')}
      </Typography>
      <TextField
        label={t('serviceName')}
        required
        autoFocus
        autoComplete="off"
        helperText={t('serviceNameHelp')}
        value={name}
        onChange={(event) => {
          setName(event.target.value);
        }}
        slotProps={{
          inputLabel: { required: false },
          htmlInput: { maxLength: 63, pattern: '[a-z0-9]([a-z0-9\\-]*[a-z0-9])?' },
        }}
      />
      <RoleField label={t('serviceRole')} value={role} onChange={setRole} />
    </FormDialog>
  );
}
