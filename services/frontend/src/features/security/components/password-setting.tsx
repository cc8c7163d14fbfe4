// Another password, with the one of now.
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Paper from '@mui/material/Paper';
import TextField from '@mui/material/TextField';
import { useState } from 'react';
import { PasswordField, passwordProblem } from '@/components/password-field';
import { ProblemAlert } from '@/components/problem-alert';
import { Setting } from '@/components/setting';
import { useUser } from '@/hooks/use-session';
import { ProblemError } from '@/lib/problem';
import { useChangePassword } from '../api/use-password';
import { t } from '../words';

export function PasswordSetting() {
  const user = useUser();
  const change = useChangePassword();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const wrong = change.error instanceof ProblemError && change.error.code === 'invalid_proof';

  function submit(): void {
    change.mutate(
      { current, new: next },
      {
        onSuccess: () => {
          setCurrent('');
          setNext('');
        },
      },
    );
  }

  return (
    <Setting title={t('password')} about={t('passwordAbout')}>
      <Paper
        component="form"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
        sx={{ p: 2, display: 'grid', gap: 2 }}
      >
        <input type="hidden" name="username" autoComplete="username" value={user?.email ?? ''} />
        <Box sx={{ display: 'grid', gap: 2, gridTemplateColumns: { xs: '1fr', sm: '1fr 1fr' } }}>
          <TextField
            label={t('passwordNow')}
            type="password"
            autoComplete="current-password"
            required
            value={current}
            onChange={(event) => {
              setCurrent(event.target.value);
            }}
            slotProps={{ inputLabel: { required: false } }}
          />
          <PasswordField value={next} onChange={setNext} error={change.error} />
        </Box>
        {passwordProblem(change.error) === null && (
          <ProblemAlert error={change.error}>
            {wrong ? t('passwordWrong') : undefined}
          </ProblemAlert>
        )}
        {change.isSuccess && (
          <Alert severity="success" icon={false} role="status">
            {t('passwordChanged')}
          </Alert>
        )}
        <Button
          type="submit"
          variant="outlined"
          loading={change.isPending}
          sx={{ justifySelf: 'start' }}
        >
          {t('passwordChange')}
        </Button>
      </Paper>
    </Setting>
  );
}
