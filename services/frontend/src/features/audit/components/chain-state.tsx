// Whether the record is what was written: the last pass over it, its anchor, its protection.
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { Failure } from '@/components/feedback';
import { Icon } from '@/components/icon';
import { useNow } from '@/hooks/use-now';
import { ago } from '@/lib/time';
import { useVerification, useVerify, type Verification } from '../api/use-audit';
import { t } from '../words';

const severities = { sound: 'success', broken: 'error', unknown: 'info' } as const;

export function ChainState() {
  const proof = useVerification();
  const verify = useVerify();
  const now = useNow();
  if (proof.data === undefined) {
    return proof.error === null ? null : (
      <Failure title={t('unreadable')} error={proof.error} onRetry={() => void proof.refetch()} />
    );
  }
  const { data } = proof;
  return (
    <Alert
      severity={severities[data.state]}
      icon={<Icon name={data.state === 'sound' ? 'check' : 'alert'} size={18} />}
      role={data.state === 'broken' ? 'alert' : 'status'}
      sx={{ mb: 2 }}
      action={
        <Button
          color="inherit"
          loading={verify.isPending}
          onClick={() => {
            verify.mutate();
          }}
        >
          {t('verify')}
        </Button>
      }
    >
      <strong>{t(data.state)}</strong>
      <Box>{linesOf(data, now).join(' · ')}</Box>
      <Faults data={data} />
    </Alert>
  );
}

function linesOf(data: Verification, now: number): string[] {
  const { checked_at: at, anchor } = data;
  return [
    ...(at === null ? [] : [t('checked', { count: data.checked, when: ago(at, now) })]),
    anchor === null
      ? t('noAnchor')
      : t('anchor', { position: anchor.position, when: ago(anchor.at, now) }),
    ...(data.protected ? [] : [t('unprotected')]),
  ];
}

function Faults({ data }: { data: Verification }) {
  if (data.faults_total === 0) return null;
  return (
    <Box sx={{ mt: 1 }}>
      {t('faults', { count: data.faults_total })}
      <Box component="ul" sx={{ m: 0, pl: 2.5 }}>
        {data.faults.slice(0, 10).map((fault) => (
          <li key={`${fault.kind} ${String(fault.position)} ${fault.event ?? ''}`}>
            {fault.message}
          </li>
        ))}
      </Box>
    </Box>
  );
}
