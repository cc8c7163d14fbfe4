// A password that somebody chooses: how long it must be, and what the API says against it.
import TextField from '@mui/material/TextField';
import { ProblemError } from '@/lib/problem';
import { t } from './words';

/** What the API asks of a password, in characters. */
export const shortest = 12;

interface PasswordFieldProps {
  value: string;
  onChange: (value: string) => void;
  /** What the API refused with; said here when it is about the password. */
  error: unknown;
  label?: string;
  autoFocus?: boolean;
}

export function PasswordField({ value, onChange, error, label, autoFocus }: PasswordFieldProps) {
  const wrong = passwordProblem(error);
  return (
    <TextField
      label={label ?? t('newPassword')}
      type="password"
      autoComplete="new-password"
      required
      autoFocus={autoFocus ?? false}
      value={value}
      error={wrong !== null}
      helperText={wrong ?? t('passwordHelp', { shortest })}
      onChange={(event) => {
        onChange(event.target.value);
      }}
      slotProps={{
        inputLabel: { required: false },
        htmlInput: { minLength: shortest, maxLength: 256 },
      }}
    />
  );
}

/** What a refusal says about the password; null when it is about something else. */
export function passwordProblem(error: unknown): string | null {
  if (!(error instanceof ProblemError)) return null;
  if (error.code === 'password_refused') return error.message;
  return error.fields.find(({ path }) => /(password|new)$/.test(path))?.message ?? null;
}
