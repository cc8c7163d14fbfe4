// Email, password, and why it did not work.
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import TextField from '@mui/material/TextField';
import { useRef, useState, type FormEvent } from 'react';
import { Icon } from '@/components/icon';
import { session } from '@/lib/client';
import { refusalOf, type Refusal } from '../refusal';

export function SignInForm() {
  const password = useRef<HTMLInputElement>(null);
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);

  async function submit(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setBusy(true);
    setRefusal(null);
    try {
      await session.signIn(entry(form, 'email').trim(), entry(form, 'password'));
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
        label="Email"
        name="email"
        type="email"
        autoComplete="username"
        required
        autoFocus
        slotProps={{ inputLabel: { required: false } }}
      />
      <TextField
        label="Password"
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
        Sign in
      </Button>
    </Box>
  );
}

function entry(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
}
