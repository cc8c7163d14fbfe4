// Inviting somebody: the address and the role.
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { FormDialog } from '@/components/form-dialog';
import { useInvite } from '../api/use-invitations';
import type { Role } from '../api/use-users';
import { t } from '../words';
import { RoleField } from './role-field';

export function InviteDialog({ onClose }: { onClose: () => void }) {
  const invite = useInvite();
  const [idempotencyKey] = useState(() => crypto.randomUUID());
  const [email, setEmail] = useState('');
  const [role, setRole] = useState<Role>('viewer');
  return (
    <FormDialog
      title={t('invite')}
      submit={t('send')}
      busy={invite.isPending}
      error={invite.error}
      onClose={onClose}
      onSubmit={() => {
        invite.mutate({ email: email.trim(), role, idempotencyKey }, { onSuccess: onClose });
      }}
    >
      <Typography variant="body2" color="textSecondary">
        {t('inviteAbout')}
      </Typography>
      <TextField
        label={t('email')}
        type="email"
        autoComplete="off"
        required
        autoFocus
        value={email}
        onChange={(event) => {
          setEmail(event.target.value);
        }}
        slotProps={{ inputLabel: { required: false } }}
      />
      <RoleField label={t('role')} value={role} onChange={setRole} />
    </FormDialog>
  );
}
