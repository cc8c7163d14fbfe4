// Asks for a fresh proof: what the person has decides with what. Then the call goes on by itself.
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useId, useState } from 'react';
import { CodeField } from '@/components/code-field';
import { Failure, Loading } from '@/components/feedback';
import { PasskeyElsewhere } from '@/components/passkey-elsewhere';
import { ProblemAlert } from '@/components/problem-alert';
import { answerWithPasskey, isAtHome } from '@/lib/passkey';
import { ProblemError } from '@/lib/problem';
import { useProve, useStepUpDue, type Proof, type StepUpDue } from './api/use-step-up';
import { ordered, type Method } from './proofs';
import { t } from './words';

export default function StepUpDialog({ onEnd }: { onEnd: (proven: boolean) => void }) {
  const id = useId();
  const due = useStepUpDue(id);
  const leave = (): void => {
    onEnd(false);
  };
  return (
    <Dialog open onClose={leave} maxWidth="xs" fullWidth aria-labelledby={id}>
      <DialogTitle id={id}>{t('title')}</DialogTitle>
      {due.data !== undefined ? (
        <Question due={due.data} onEnd={onEnd} />
      ) : (
        <DialogContent>
          {due.error === null ? (
            <Loading rows={2} />
          ) : (
            <Failure title={t('unbegun')} error={due.error} onRetry={() => void due.refetch()} />
          )}
        </DialogContent>
      )}
    </Dialog>
  );
}

interface QuestionProps {
  due: StepUpDue;
  onEnd: (proven: boolean) => void;
}

function Question({ due, onEnd }: QuestionProps) {
  const methods = ordered(due, location.hostname);
  const [method, setMethod] = useState<Method>(methods[0] ?? 'password');
  const [given, setGiven] = useState('');
  const prove = useProve();
  const elsewhere = method === 'passkey' && !isAtHome(due.passkey?.rpId ?? '', location.hostname);
  return (
    <Box
      component="form"
      onSubmit={(event) => {
        event.preventDefault();
        prove.mutate(() => proofOf(method, due, given), { onSuccess: () => onEnd(true) });
      }}
    >
      <DialogContent sx={{ display: 'grid', gap: 2, pt: '0 !important' }}>
        <Typography variant="body2">{t('about')}</Typography>
        {method === 'totp' && <CodeField value={given} onChange={setGiven} autoFocus />}
        {method === 'password' && <Password value={given} onChange={setGiven} />}
        {elsewhere && <PasskeyElsewhere id={due.passkey?.rpId ?? ''} />}
        <Refusal error={prove.error} />
        <Box sx={{ display: 'flex', gap: 1, '&:empty': { display: 'none' } }}>
          {methods
            .filter((other) => other !== method)
            .map((other) => (
              <Button
                key={other}
                onClick={() => {
                  setMethod(other);
                  setGiven('');
                  prove.reset();
                }}
              >
                {t(other)}
              </Button>
            ))}
        </Box>
      </DialogContent>
      <DialogActions>
        <Button
          onClick={() => {
            onEnd(false);
          }}
        >
          {t('cancel')}
        </Button>
        <Button type="submit" variant="contained" loading={prove.isPending} disabled={elsewhere}>
          {method === 'passkey' ? t('usePasskey') : t('confirm')}
        </Button>
      </DialogActions>
    </Box>
  );
}

interface PasswordProps {
  value: string;
  onChange: (value: string) => void;
}

function Password({ value, onChange }: PasswordProps) {
  return (
    <TextField
      label={t('password')}
      type="password"
      autoComplete="current-password"
      required
      autoFocus
      value={value}
      onChange={(event) => {
        onChange(event.target.value);
      }}
      slotProps={{ inputLabel: { required: false } }}
    />
  );
}

function Refusal({ error }: { error: unknown }) {
  const wrong = error instanceof ProblemError && error.code === 'invalid_proof';
  return <ProblemAlert error={error}>{wrong ? t('wrong') : undefined}</ProblemAlert>;
}

async function proofOf(method: Method, due: StepUpDue, given: string): Promise<Proof> {
  if (method === 'password') return { method, password: given };
  if (method === 'totp') return { method, code: given };
  if (due.passkey === undefined) throw new ProblemError('passkey_failed', t('wrong'), 400);
  const credential = await answerWithPasskey(due.passkey);
  return { method, challenge: due.challenge, credential };
}
