// Sessions as rows; the one that looks at the page is marked and signs out by the menu.
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Paper from '@mui/material/Paper';
import Typography from '@mui/material/Typography';
import { Age } from '@/components/age';
import { Code } from '@/components/facts';
import { HealthMark } from '@/components/health-mark';
import { Icon } from '@/components/icon';
import { agentLabel } from '../agent';
import type { SignInSession } from '../api/use-sessions';
import { t } from '../words';

interface SessionRowsProps {
  sessions: readonly SignInSession[];
  onRevoke: (id: string) => void;
}

export function SessionRows({ sessions, onRevoke }: SessionRowsProps) {
  const ordered = [...sessions].sort((one, other) => Number(other.current) - Number(one.current));
  return (
    <Paper component="ul" sx={{ listStyle: 'none', m: 0, p: 0 }}>
      {ordered.map((item) => (
        <Row key={item.id} item={item} onRevoke={onRevoke} />
      ))}
    </Paper>
  );
}

function Row({ item, onRevoke }: { item: SignInSession; onRevoke: (id: string) => void }) {
  const label = item.device === '' ? agentLabel(item.agent) : item.device;
  return (
    <Box
      component="li"
      sx={(theme) => ({
        display: 'flex',
        alignItems: 'center',
        gap: 2,
        px: 2,
        py: 1.5,
        '& + &': { borderTop: `1px solid ${theme.vars.palette.divider}` },
      })}
    >
      <Icon name="sessions" size={18} sx={{ color: 'text.secondary', flexShrink: 0 }} />
      <Box sx={{ flexGrow: 1, minWidth: 0 }}>
        <Box sx={{ display: 'flex', flexWrap: 'wrap', columnGap: 1, alignItems: 'center' }}>
          <Typography variant="body2" sx={{ fontWeight: 550 }}>
            {label}
          </Typography>
          {item.current && <HealthMark badge health="good" label={t('current')} />}
        </Box>
        <Typography variant="caption" component="div" color="textSecondary">
          <Code>{item.address}</Code> · {t('seen')} <Age value={item.last_seen_at} /> ·{' '}
          {t('signedIn')} <Age value={item.created_at} />
        </Typography>
      </Box>
      {!item.current && (
        <Button
          variant="outlined"
          aria-label={t('revokeOf', { name: label })}
          onClick={() => {
            onRevoke(item.id);
          }}
        >
          {t('revoke')}
        </Button>
      )}
    </Box>
  );
}
