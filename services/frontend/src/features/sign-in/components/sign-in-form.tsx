// Email, password, and why it did not work; what is still due after it goes to the page.
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Link from '@mui/material/Link';
import TextField from '@mui/material/TextField';
import { useRef, useState, type FormEvent } from 'react';
import { Link as RouterLink } from 'react-router';
import { Icon } from '@/components/icon';
import { session } from '@/lib/client';
import type { Mfa } from '@/lib/session';
import { refusalOf, type Refusal } from '../refusal';
import { t } from '../words';

interface SignInFormProps {
  onDue: (mfa: Mfa, email: string) => void;
}

export function SignInForm({ onDue }: SignInFormProps) {
  const password = useRef<HTMLInputElement>(null);
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);

  async function submit(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setBusy(true);
    setRefusal(null);
    try {
      const email = entry(form, 'email').trim();
      const due = await session.signIn(email, entry(form, 'password'));
      if (due !== null) onDue(due, email);
    } catch (error) {
      setRefusal(refusalOf(error));
      setBusy(false);
      password.current?.select();
    }
  }

  return (
    <Box
      component="form"
      onSubmit={(event) => void submit(event)}
      sx={{ display: 'grid', gap: 2 }}
    >
      <TextField
        label={t('email')}
        name="email"
        type="email"
        autoComplete="username"
        required
        autoFocus
        slotProps={{ inputLabel: { required: false } }}
      />
      <TextField
        label={t('password')}
        name="password"
        type="password"
        autoComplete="current-password"
        required
        inputRef={password}
        slotProps={{ inputLabel: { required: false } }}
      />
      {refusal !== null && (
        <Alert severity={refusal.severity} icon={<Icon name="alert" size={18} />} role="alert">
          {refusal.text}
        </Alert>
      )}
      <Button
        type="submit"
        variant="contained"
        size="medium"
        loading={busy}
        sx={{ minHeight: 38 }}
      >
        {t('signIn')}
      </Button>
      <Link
        component={RouterLink}
        to="/password-reset"
        variant="body2"
        sx={{ justifySelf: 'center' }}
      >
        {t('forgotten')}
      </Link>
    </Box>
  );
}

function entry(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
}
