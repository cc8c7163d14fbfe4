// From a service to its signals.
import Button from '@mui/material/Button';
import Box from '@mui/material/Box';
import { Link } from 'react-router';
import { useWays } from '@/hooks/use-ways';
import type { Range } from '@/lib/range';
import { Icon } from './icon';
import { t } from './words';

const signals = ['metrics', 'traces', 'logs'] as const;

interface SignalLinksProps {
  service: string;
  /** The time that the pages show; their own where it is left out. */
  range?: Range;
  /** The page that these links stand on leaves its own out. */
  without?: (typeof signals)[number];
}

export function SignalLinks({ service, range, without }: SignalLinksProps) {
  const ways = useWays(service, range);
  return (
    <Box
      role="group"
      aria-label={t('signalsOf', { name: service })}
      sx={{ display: 'flex', flexWrap: 'wrap', gap: 1 }}
    >
      {signals
        .filter((name) => name !== without)
        .map((name) => (
          <Button
            key={name}
            component={Link}
            to={ways[name]}
            variant="outlined"
            startIcon={<Icon name={name} size={14} />}
          >
            {t(name)}
          </Button>
        ))}
    </Box>
  );
}
