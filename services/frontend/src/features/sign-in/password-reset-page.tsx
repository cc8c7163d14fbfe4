// A forgotten password: ask for a link, or, come by one, choose another password.
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import TextField from '@mui/material/TextField';
import { useState } from 'react';
import { Link } from 'react-router';
import { PasswordField, passwordProblem } from '@/components/password-field';
import { ProblemAlert } from '@/components/problem-alert';
import { ProblemError } from '@/lib/problem';
import { useAskReset, useReset } from './api/use-mail-links';
import { Entrance } from './components/entrance';
import { useMailToken } from './components/use-mail-token';
import { t } from './words';

export default function PasswordResetPage() {
  const [token, forget] = useMailToken();
  return token === null ? <Ask /> : <Choose token={token} onAnother={forget} />;
}

function Ask() {
  const ask = useAskReset();
  const [email, setEmail] = useState('');
  return (
    <Entrance title={t('resetTitle')} about={t('resetTo')}>
      {ask.isSuccess ? (
        <Alert severity="success" icon={false} role="status">
          {t('resetSent', { email: email.trim() })}
        </Alert>
      ) : (
        <Box
          component="form"
          onSubmit={(event) => {
            event.preventDefault();
            ask.mutate(email.trim());
          }}
          sx={{ display: 'grid', gap: 2 }}
        >
          <TextField
            label={t('email')}
            type="email"
            autoComplete="username"
            required
            autoFocus
            value={email}
            onChange={(event) => {
              setEmail(event.target.value);
            }}
            slotProps={{ inputLabel: { required: false } }}
          />
          <ProblemAlert error={ask.error} />
          <Button type="submit" variant="contained" loading={ask.isPending}>
            {t('resetSend')}
          </Button>
        </Box>
      )}
      <Back />
    </Entrance>
  );
}

interface ChooseProps {
  token: string;
  onAnother: () => void;
}

function Choose({ token, onAnother }: ChooseProps) {
  const reset = useReset();
  const [password, setPassword] = useState('');
  const over = reset.error instanceof ProblemError && reset.error.code === 'mail_link_ended';
  return (
    <Entrance title={t('newTitle')} about={t('newTo')}>
      {reset.isSuccess && (
        <Alert severity="success" icon={false} role="status">
          {t('newDone')}
        </Alert>
      )}
      {over && (
        <>
          <ProblemAlert error={reset.error}>{t('linkEnded')}</ProblemAlert>
          <Button variant="contained" onClick={onAnother}>
            {t('another')}
          </Button>
        </>
      )}
      {!reset.isSuccess && !over && (
        <Box
          component="form"
          onSubmit={(event) => {
            event.preventDefault();
            reset.mutate({ token, password });
          }}
          sx={{ display: 'grid', gap: 2 }}
        >
          <PasswordField value={password} onChange={setPassword} error={reset.error} autoFocus />
          {passwordProblem(reset.error) === null && <ProblemAlert error={reset.error} />}
          <Button type="submit" variant="contained" loading={reset.isPending}>
            {t('newSet')}
          </Button>
        </Box>
      )}
      <Back />
    </Entrance>
  );
}

function Back() {
  return (
    <Button component={Link} to="/sign-in" sx={{ justifySelf: 'center' }}>
      {t('back')}
    </Button>
  );
}
