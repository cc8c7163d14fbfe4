// Making a passkey: a name for it, then the browser asks.
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { hasPasskeys, isAtHome, makePasskey, type NewPasskey } from '@/lib/passkey';
import { ProblemError } from '@/lib/problem';
import type { components } from '@/lib/schema';
import { PasskeyElsewhere } from './passkey-elsewhere';
import { ProblemAlert } from './problem-alert';
import { t } from './words';

export interface MadePasskey {
  enrolment: string;
  credential: NewPasskey;
  name: string;
}

interface PasskeySetupProps {
  begin: () => Promise<components['schemas']['PasskeyEnrolment']>;
  confirm: (made: MadePasskey) => Promise<unknown>;
}

export function PasskeySetup({ begin, confirm }: PasskeySetupProps) {
  const [name, setName] = useState(t('passkeyName'));
  const [home, setHome] = useState<string | null>(null);
  const making = useMutation({
    mutationFn: async () => {
      if (!hasPasskeys()) throw new ProblemError('passkey_failed', t('passkeyNone'), 400);
      const { enrolment, options } = await begin();
      if (!isAtHome(options.rp.id, location.hostname)) {
        setHome(options.rp.id);
        return;
      }
      const credential = await makePasskey(options);
      await confirm({ enrolment, credential, name: name.trim() });
    },
  });
  if (home !== null) return <PasskeyElsewhere id={home} />;
  return (
    <Box
      component="form"
      onSubmit={(event) => {
        event.preventDefault();
        making.mutate();
      }}
      sx={{ display: 'grid', gap: 2 }}
    >
      <Typography variant="body2">{t('passkeyAbout')}</Typography>
      <TextField
        label={t('factorName')}
        required
        value={name}
        onChange={(event) => {
          setName(event.target.value);
        }}
        slotProps={{ inputLabel: { required: false }, htmlInput: { maxLength: 64 } }}
      />
      <ProblemAlert error={making.error} />
      <Button type="submit" variant="contained" loading={making.isPending}>
        {t('passkeyMake')}
      </Button>
    </Box>
  );
}
