// After the password: a code, a passkey or a recovery code, whichever the person has.
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { CodeField } from '@/components/code-field';
import { PasskeyElsewhere } from '@/components/passkey-elsewhere';
import { ProblemAlert } from '@/components/problem-alert';
import { session } from '@/lib/client';
import { answerWithPasskey, type RequestOptions } from '@/lib/passkey';
import { ProblemError } from '@/lib/problem';
import type { Mfa } from '@/lib/session';
import { refusalOf } from '../refusal';
import { isUsable, ordered, type Method } from '../second-factor';
import { t } from '../words';
import { Entrance } from './entrance';

export interface StepProps {
  mfa: Mfa;
  email: string;
  /** Back to the password; `late` when the challenge is no longer good. */
  onLeave: (late: boolean) => void;
}

interface AnswerProps {
  challenge: string;
  onLate: () => void;
}

export default function SecondStep({ mfa, onLeave }: StepProps) {
  const methods = ordered(mfa, location.hostname);
  const [method, setMethod] = useState<Method | undefined>(methods[0]);
  const answer: AnswerProps = { challenge: mfa.challenge, onLate: () => onLeave(true) };
  return (
    <Entrance title={t('step')} about={t('stepTo')}>
      {method === 'totp' && <CodeAnswer {...answer} />}
      {method === 'recovery' && <RecoveryAnswer {...answer} />}
      {method === 'passkey' && mfa.passkey !== undefined && (
        <PasskeyAnswer {...answer} options={mfa.passkey} />
      )}
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 0.5, justifyContent: 'center' }}>
        {methods
          .filter((other) => other !== method)
          .map((other) => (
            <Button
              key={other}
              onClick={() => {
                setMethod(other);
              }}
            >
              {t(other)}
            </Button>
          ))}
        <Button
          onClick={() => {
            onLeave(false);
          }}
        >
          {t('back')}
        </Button>
      </Box>
    </Entrance>
  );
}

/** One try at a time; a challenge that is no longer good leads back to the password. */
function useAnswer<T>(send: (given: T) => Promise<void>, onLate: () => void) {
  return useMutation({
    mutationFn: send,
    onError: (error) => {
      if (error instanceof ProblemError && error.code === 'challenge_ended') onLate();
    },
  });
}

function CodeAnswer({ challenge, onLate }: AnswerProps) {
  const [code, setCode] = useState('');
  const answer = useAnswer((given: string) => {
    return session.answer('totp', { challenge, code: given });
  }, onLate);
  return (
    <AnswerForm busy={answer.isPending} onSubmit={() => answer.mutate(code)}>
      <CodeField value={code} onChange={setCode} autoFocus />
      <Wrong error={answer.error} words={t('wrongCode')} />
    </AnswerForm>
  );
}

function RecoveryAnswer({ challenge, onLate }: AnswerProps) {
  const [code, setCode] = useState('');
  const answer = useAnswer((given: string) => {
    return session.answer('recovery', { challenge, code: given });
  }, onLate);
  return (
    <AnswerForm busy={answer.isPending} onSubmit={() => answer.mutate(code.trim())}>
      <TextField
        label={t('recoveryCode')}
        required
        autoFocus
        autoComplete="off"
        helperText={t('recoveryHelp')}
        value={code}
        onChange={(event) => {
          setCode(event.target.value);
        }}
        slotProps={{ inputLabel: { required: false }, htmlInput: { maxLength: 64 } }}
      />
      <Wrong error={answer.error} words={t('wrongRecovery')} />
    </AnswerForm>
  );
}

function PasskeyAnswer({ challenge, onLate, options }: AnswerProps & { options: RequestOptions }) {
  const answer = useAnswer(async () => {
    const credential = await answerWithPasskey(options);
    await session.answer('passkey', { challenge, credential });
  }, onLate);
  if (!isUsable(options.rpId, location.hostname)) return <PasskeyElsewhere id={options.rpId} />;
  return (
    <Box sx={{ display: 'grid', gap: 2 }}>
      <Typography variant="body2">{t('passkeyTo')}</Typography>
      <Wrong error={answer.error} words={t('wrongCode')} />
      <Button variant="contained" loading={answer.isPending} onClick={() => answer.mutate(null)}>
        {t('usePasskey')}
      </Button>
    </Box>
  );
}

interface AnswerFormProps {
  busy: boolean;
  onSubmit: () => void;
  children: React.ReactNode;
}

function AnswerForm({ busy, onSubmit, children }: AnswerFormProps) {
  return (
    <Box
      component="form"
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
      sx={{ display: 'grid', gap: 2 }}
    >
      {children}
      <Button type="submit" variant="contained" loading={busy} sx={{ minHeight: 38 }}>
        {t('goOn')}
      </Button>
    </Box>
  );
}

function Wrong({ error, words }: { error: unknown; words: string }) {
  const wrong =
    error instanceof ProblemError && ['invalid_proof', 'invalid_request'].includes(error.code);
  if (error == null) return null;
  return <ProblemAlert error={error}>{wrong ? words : refusalOf(error).text}</ProblemAlert>;
}
