// Setting up a code generator: scan or type the key, then show that it works with a first code.
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import type { components } from '@/lib/schema';
import { CodeField } from './code-field';
import { CopyButton } from './copy-button';
import { Code } from './facts';
import { Failure, Loading } from './feedback';
import { ProblemAlert } from './problem-alert';
import { QrCode } from './qr-code';
import { t } from './words';

type TotpEnrolment = components['schemas']['TotpEnrolment'];

export interface FirstCode {
  enrolment: string;
  code: string;
  name: string;
}

interface TotpSetupProps {
  begin: () => Promise<TotpEnrolment>;
  confirm: (first: FirstCode) => Promise<unknown>;
}

export function TotpSetup({ begin, confirm }: TotpSetupProps) {
  const id = useId();
  const begun = useQuery({
    queryKey: ['totp-enrolment', id],
    queryFn: begin,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    retry: false,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
  if (begun.error !== null) {
    return (
      <Failure title={t('unbegun')} error={begun.error} onRetry={() => void begun.refetch()} />
    );
  }
  if (begun.data === undefined) return <Loading rows={3} height={64} />;
  return <Confirmation begun={begun.data} confirm={confirm} />;
}

interface ConfirmationProps {
  begun: TotpEnrolment;
  confirm: TotpSetupProps['confirm'];
}

function Confirmation({ begun, confirm }: ConfirmationProps) {
  const [code, setCode] = useState('');
  const [name, setName] = useState(t('totpName'));
  const confirming = useMutation({ mutationFn: confirm });
  return (
    <Box
      component="form"
      onSubmit={(event) => {
        event.preventDefault();
        confirming.mutate({ enrolment: begun.enrolment, code, name: name.trim() });
      }}
      sx={{ display: 'grid', gap: 2 }}
    >
      <Typography variant="body2">{t('scan')}</Typography>
      <QrCode qr={begun.qr} />
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, alignItems: 'center' }}>
        <Typography
          variant="body2"
          component="div"
          sx={{ flex: '1 1 180px', minWidth: 0, overflowWrap: 'anywhere' }}
        >
          {t('key')}: <Code>{grouped(begun.secret)}</Code>
        </Typography>
        <CopyButton text={begun.secret} />
      </Box>
      <CodeField value={code} onChange={setCode} autoFocus />
      <TextField
        label={t('factorName')}
        required
        value={name}
        onChange={(event) => {
          setName(event.target.value);
        }}
        slotProps={{ inputLabel: { required: false }, htmlInput: { maxLength: 64 } }}
      />
      <ProblemAlert error={confirming.error} />
      <Button type="submit" variant="contained" loading={confirming.isPending}>
        {t('confirm')}
      </Button>
    </Box>
  );
}

/** A key in groups of four, as people type it. */
const grouped = (key: string): string => key.match(/.{1,4}/g)?.join(' ') ?? key;
