// What is left of an error budget, as a bar with its number.
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import type { Health } from '@/lib/health';
import { share } from '../budget';
import { t } from '../words';

interface BudgetBarProps {
  /** 1 is all of it; below 0 is more than there was. */
  left: number | null;
}

/** Below these parts of the budget its bar warns and alarms. */
const bounds = { warn: 0.5, bad: 0.1 };

function healthOf(left: number): Health {
  if (left < bounds.bad) return 'bad';
  return left < bounds.warn ? 'warn' : 'good';
}

export function BudgetBar({ left }: BudgetBarProps) {
  const known = left ?? 0;
  const shown = Math.min(1, Math.max(0, known));
  const words = known < 0 ? t('budgetOver', { share: share(-known, 1) }) : share(known, 1);
  return (
    <Box>
      <Box sx={{ display: 'flex', justifyContent: 'space-between', gap: 1, mb: 0.5 }}>
        <Typography variant="caption" color="textSecondary">
          {t('budget')}
        </Typography>
        <Typography variant="caption" sx={{ fontWeight: 600 }}>
          {left === null ? '–' : words}
        </Typography>
      </Box>
      <Box
        role="meter"
        aria-label={t('budget')}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(shown * 100)}
        aria-valuetext={left === null ? t('unknown') : words}
        sx={(theme) => ({
          height: 8,
          borderRadius: '4px',
          overflow: 'hidden',
          backgroundColor: theme.vars.palette.surface.grid,
          '& > div': {
            height: '100%',
            backgroundColor: theme.vars.palette.state[healthOf(known)].main,
          },
        })}
      >
        <div style={{ width: `${String(shown * 100)}%` }} />
      </Box>
    </Box>
  );
}
