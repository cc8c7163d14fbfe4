// Somebody who was invited: choose a password, become a user, sign in.
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useState } from 'react';
import { Link } from 'react-router';
import { PasswordField, passwordProblem } from '@/components/password-field';
import { ProblemAlert } from '@/components/problem-alert';
import { ProblemError } from '@/lib/problem';
import { useAccept } from './api/use-mail-links';
import { Entrance } from './components/entrance';
import { useMailToken } from './components/use-mail-token';
import { t } from './words';

export default function InvitationPage() {
  const [token] = useMailToken();
  const accept = useAccept();
  const [password, setPassword] = useState('');
  const over = accept.error instanceof ProblemError && accept.error.code === 'mail_link_ended';
  return (
    <Entrance title={t('inviteTitle')} about={t('inviteTo')}>
      {token === null && <Alert severity="warning">{t('inviteNone')}</Alert>}
      {accept.data !== undefined && (
        <Alert severity="success" icon={false} role="status">
          {t('inviteDone', { email: accept.data.email })}
        </Alert>
      )}
      {token !== null && accept.data === undefined && (
        <Box
          component="form"
          onSubmit={(event) => {
            event.preventDefault();
            accept.mutate({ token, password });
          }}
          sx={{ display: 'grid', gap: 2 }}
        >
          <PasswordField
            label={t('password')}
            value={password}
            onChange={setPassword}
            error={accept.error}
            autoFocus
          />
          {accept.error !== null && passwordProblem(accept.error) === null && (
            <ProblemAlert error={accept.error}>{over ? t('inviteEnded') : undefined}</ProblemAlert>
          )}
          <Button type="submit" variant="contained" loading={accept.isPending}>
            {t('inviteJoin')}
          </Button>
        </Box>
      )}
      <Button component={Link} to="/sign-in" sx={{ justifySelf: 'center' }}>
        {t('back')}
      </Button>
    </Entrance>
  );
}
