// Adding a user: address, first password, role.
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import { useId, useState, type FormEvent } from 'react';
import { messageOf, ProblemError } from '@/lib/problem';
import { useCreateUser, type Role } from '../api/use-users';
import { roles } from '../roles';
import { t } from '../words';

/** The fields whose problems are shown where they are. */
const wrongFields = ['email', 'password'];

/** What the API asks of a password, in characters. */
const shortest = 12;

export function UserDialog({ onClose }: { onClose: () => void }) {
  const title = useId();
  const create = useCreateUser();
  const [idempotencyKey] = useState(() => crypto.randomUUID());
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [role, setRole] = useState<Role>('viewer');

  function submit(event: FormEvent): void {
    event.preventDefault();
    create.mutate({ email: email.trim(), password, role, idempotencyKey }, { onSuccess: onClose });
  }

  const told = wrongFields.some((field) => fieldProblem(create.error, field) !== undefined);
  const wrong = (field: string): string | undefined => fieldProblem(create.error, field);
  return (
    <Dialog open onClose={onClose} maxWidth="xs" fullWidth aria-labelledby={title}>
      <Box component="form" onSubmit={submit}>
        <DialogTitle id={title}>{t('add')}</DialogTitle>
        <DialogContent sx={{ display: 'grid', gap: 2, pt: '8px !important' }}>
          <TextField
            label={t('email')}
            type="email"
            autoComplete="off"
            autoFocus
            required
            value={email}
            error={wrong('email') !== undefined}
            helperText={wrong('email')}
            onChange={(event) => {
              setEmail(event.target.value);
            }}
          />
          <TextField
            label={t('firstPassword')}
            type="password"
            autoComplete="new-password"
            required
            value={password}
            error={wrong('password') !== undefined}
            helperText={wrong('password') ?? t('passwordHelp', { shortest })}
            slotProps={{ htmlInput: { minLength: shortest, maxLength: 256 } }}
            onChange={(event) => {
              setPassword(event.target.value);
            }}
          />
          <TextField
            select
            label={t('role')}
            value={role}
            onChange={(event) => {
              setRole(event.target.value as Role);
            }}
          >
            {roles.map((option) => (
              <MenuItem key={option} value={option}>
                {option}
              </MenuItem>
            ))}
          </TextField>
          {create.error !== null && !told && (
            <Alert severity="error" role="alert" icon={false}>
              {messageOf(create.error)}
            </Alert>
          )}
        </DialogContent>
        <DialogActions>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button type="submit" variant="contained" loading={create.isPending}>
            {t('addIt')}
          </Button>
        </DialogActions>
      </Box>
    </Dialog>
  );
}

function fieldProblem(error: unknown, field: string): string | undefined {
  if (!(error instanceof ProblemError)) return undefined;
  return error.fields.find((problem) => problem.path.endsWith(field))?.message;
}
