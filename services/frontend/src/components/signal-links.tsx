// From a service to its signals.
import Button from '@mui/material/Button';
import Box from '@mui/material/Box';
import { Link } from 'react-router';
import type { Range } from '@/lib/range';
import { logsAddress, metricsAddress, tracesAddress } from '@/lib/telemetry';
import { Icon, type IconName } from './icon';
import { t } from './words';

interface SignalLinksProps {
  service: string;
  /** The time that the pages show; their own where it is left out. */
  range?: Range;
  /** The page that these links stand on leaves its own out. */
  without?: 'metrics' | 'traces' | 'logs';
}

export function SignalLinks({ service, range, without }: SignalLinksProps) {
  const links: readonly (readonly ['metrics' | 'traces' | 'logs', IconName, string])[] = [
    ['metrics', 'metrics', metricsAddress(service, range)],
    ['traces', 'traces', tracesAddress({ service }, range)],
    ['logs', 'logs', logsAddress({ service }, range)],
  ];
  return (
    <Box
      role="group"
      aria-label={t('signalsOf', { name: service })}
      sx={{ display: 'flex', flexWrap: 'wrap', gap: 1 }}
    >
      {links
        .filter(([name]) => name !== without)
        .map(([name, icon, to]) => (
          <Button
            key={name}
            component={Link}
            to={to}
            variant="outlined"
            startIcon={<Icon name={icon} size={14} />}
          >
            {t(name)}
          </Button>
        ))}
    </Box>
  );
}
