// How to read the drawing: what the marks mean and which zones the letters stand for.
import Box from '@mui/material/Box';
import type { Health } from '@/lib/health';
import { zoneLetter } from '../zones';
import { t } from '../words';

const marks: readonly (readonly [Health | null, Parameters<typeof t>[0]])[] = [
  ['good', 'ready'],
  ['busy', 'changing'],
  ['warn', 'notReady'],
  ['bad', 'failed'],
  [null, 'absent'],
];

export function Legend({ zones }: { zones: readonly string[] }) {
  return (
    <Box
      sx={{
        display: 'flex',
        flexWrap: 'wrap',
        gap: '4px 16px',
        mt: 1.5,
        fontSize: '0.75rem',
        color: 'text.secondary',
      }}
    >
      {marks.map(([health, label]) => (
        <Box
          key={label}
          component="span"
          sx={{ display: 'inline-flex', gap: '6px', alignItems: 'center' }}
        >
          <PipMark health={health} />
          {t(label)}
        </Box>
      ))}
      {zones.length > 0 && (
        <span>
          {t('zones', { zones: zones.map((zone) => `${zoneLetter(zone)} ${zone}`).join(', ') })}
        </span>
      )}
    </Box>
  );
}

/** The mark of one replica; hollow while nothing is known of it. */
export function PipMark({ health, label }: { health: Health | null; label?: string }) {
  return (
    <Box
      component="span"
      title={label}
      sx={(theme) => ({
        width: 8,
        height: 8,
        flexShrink: 0,
        borderRadius: '2.5px',
        ...(health === null
          ? { border: `1px solid ${theme.vars.palette.text.disabled}` }
          : { backgroundColor: theme.vars.palette.state[health].main }),
      })}
    />
  );
}
