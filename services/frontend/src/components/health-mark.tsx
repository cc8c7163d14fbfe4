// The mark of a state: a dot and its word. Never colour alone.
import Box from '@mui/material/Box';
import type { Health } from '@/lib/health';

interface HealthMarkProps {
  health: Health;
  label: string;
  /** Draw the mark on a soft ground, as a badge. */
  badge?: boolean;
}

export function HealthMark({ health, label, badge = false }: HealthMarkProps) {
  return (
    <Box
      component="span"
      sx={(theme) => ({
        display: 'inline-flex',
        alignItems: 'center',
        gap: '6px',
        whiteSpace: 'nowrap',
        fontSize: '0.75rem',
        fontWeight: 500,
        lineHeight: '20px',
        color: theme.vars.palette.state[health].main,
        ...(badge && {
          padding: '0 8px',
          borderRadius: '10px',
          backgroundColor: theme.vars.palette.state[health].soft,
        }),
        '&::before': {
          content: '""',
          width: 7,
          height: 7,
          flexShrink: 0,
          borderRadius: '50%',
          backgroundColor: 'currentColor',
        },
      })}
    >
      {label}
    </Box>
  );
}
