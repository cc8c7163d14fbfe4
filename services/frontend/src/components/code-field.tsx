// The six digits of a code generator, easy to type, to paste and to fill in by the browser.
import TextField from '@mui/material/TextField';
import { t } from './words';

interface CodeFieldProps {
  value: string;
  onChange: (value: string) => void;
  autoFocus?: boolean;
}

export function CodeField({ value, onChange, autoFocus = false }: CodeFieldProps) {
  return (
    <TextField
      label={t('code')}
      name="code"
      required
      autoFocus={autoFocus}
      autoComplete="one-time-code"
      helperText={t('codeHelp')}
      value={value}
      onChange={(event) => {
        onChange(event.target.value.replace(/\D/g, '').slice(0, 6));
      }}
      slotProps={{
        inputLabel: { required: false },
        htmlInput: { inputMode: 'numeric', pattern: '[0-9]{6}' },
      }}
      sx={{ '& input': { fontVariantNumeric: 'tabular-nums', letterSpacing: '0.2em' } }}
    />
  );
}
