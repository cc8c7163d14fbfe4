// Above the form: what of the platform is broken and why, before anyone wonders about passwords.
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import { Code } from '@/components/facts';
import { Icon } from '@/components/icon';
import type { ReplicaState } from '@/lib/catalog';
import { platformHealth, stateLabel } from '@/lib/health';
import { usePublicStatus } from '../api/use-public-status';
import { t } from '../words';

/** Names of what is in trouble are all shown; reasons only for the first few. */
const shown = 4;

export function StatusBanner() {
  const status = usePublicStatus();
  if (status.data === undefined) return null;
  const { health, troubled, ready, total } = platformHealth(status.data);
  if (health === 'busy') {
    return (
      <Alert severity="info" icon={<Icon name="services" size={18} />} role="status">
        {t('starting', { ready, total })}
      </Alert>
    );
  }
  if (troubled.length === 0) return null;
  return (
    <Alert
      severity={health === 'bad' ? 'error' : 'warning'}
      icon={<Icon name="alert" size={18} />}
      role="status"
    >
      <strong>{headline(troubled)}</strong>
      <Box component="ul" sx={{ m: 0, mt: 0.5, pl: 2 }}>
        {troubled.slice(0, shown).map((replica) => (
          <li key={`${replica.name}/${String(replica.replica)}`}>
            <Code>
              {replica.name} {replica.replica}
            </Code>
            : {replica.detail === '' ? stateLabel(replica.state) : replica.detail}
          </li>
        ))}
      </Box>
      {troubled.length > shown && <Box>{t('andMore', { number: troubled.length - shown })}</Box>}
    </Alert>
  );
}

function headline(troubled: readonly ReplicaState[]): string {
  const names = [...new Set(troubled.map((replica) => replica.name))];
  return t('trouble', { count: names.length, names: names.join(', ') });
}
