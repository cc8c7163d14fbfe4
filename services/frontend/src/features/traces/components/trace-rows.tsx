// Traces as rows, latest first: what was asked, how long it took, which services it met.
import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import Paper from '@mui/material/Paper';
import Typography from '@mui/material/Typography';
import { Link as RouterLink } from 'react-router';
import { Age } from '@/components/age';
import { HealthMark } from '@/components/health-mark';
import { milliseconds } from '@/lib/quantity';
import { traceAddress, type TraceTitle } from '@/lib/telemetry';
import { toneOf } from '@/theme/series';
import { t } from '../words';

export function TraceRows({ traces }: { traces: readonly TraceTitle[] }) {
  const longest = Math.max(...traces.map((trace) => trace.duration_ms));
  return (
    <Paper component="ul" aria-label={t('list')} sx={{ listStyle: 'none', m: 0, p: 0 }}>
      {traces.map((trace) => (
        <Row key={trace.trace_id} trace={trace} share={trace.duration_ms / (longest || 1)} />
      ))}
    </Paper>
  );
}

const columns = '84px minmax(0, 1fr) minmax(0, 1.5fr) 72px 72px';

function Row({ trace, share }: { trace: TraceTitle; share: number }) {
  return (
    <Box
      component="li"
      sx={(theme) => ({
        display: 'grid',
        gridTemplateColumns: { xs: 'minmax(0, 1fr) auto', md: columns },
        columnGap: 2,
        rowGap: 0.25,
        alignItems: 'center',
        px: 2,
        py: 1,
        position: 'relative',
        '&:hover': { backgroundColor: theme.vars.palette.action.hover },
        '& + &': { borderTop: `1px solid ${theme.vars.palette.divider}` },
      })}
    >
      <Duration trace={trace} share={share} />
      <Box sx={{ minWidth: 0, gridRow: 1, gridColumn: { xs: 1, md: 2 } }}>
        <Link
          component={RouterLink}
          to={traceAddress(trace.trace_id)}
          color="textPrimary"
          noWrap
          sx={{
            display: 'block',
            fontWeight: 550,
            '&::after': { content: '""', position: 'absolute', inset: 0 },
          }}
        >
          {trace.name}
        </Link>
      </Box>
      <Services trace={trace} />
      <Box sx={{ gridRow: { xs: 2, md: 1 }, gridColumn: { xs: 2, md: 4 }, textAlign: 'right' }}>
        {trace.errors > 0 && (
          <HealthMark health="bad" label={t('errors', { count: trace.errors })} />
        )}
      </Box>
      <Typography
        variant="caption"
        color="textSecondary"
        sx={{
          textAlign: 'right',
          zIndex: 1,
          gridRow: { xs: 3, md: 1 },
          gridColumn: { xs: 2, md: 5 },
        }}
      >
        <Age value={trace.start} />
      </Typography>
    </Box>
  );
}

function Duration({ trace, share }: { trace: TraceTitle; share: number }) {
  return (
    <Box sx={{ gridRow: 1, gridColumn: { xs: 2, md: 1 }, minWidth: 72 }}>
      <Typography
        variant="body2"
        sx={{ fontVariantNumeric: 'tabular-nums', textAlign: { xs: 'right', md: 'left' } }}
      >
        {milliseconds(trace.duration_ms)}
      </Typography>
      <Box
        aria-hidden
        sx={(theme) => ({
          borderRadius: '2px',
          backgroundColor: theme.vars.palette.surface.grid,
          '& > div': {
            height: 3,
            minWidth: 3,
            borderRadius: '2px',
            backgroundColor:
              trace.errors > 0
                ? theme.vars.palette.state.bad.main
                : theme.vars.palette.series[toneOf(trace.service)],
          },
        })}
      >
        <div style={{ width: `${String(share * 100)}%` }} />
      </Box>
    </Box>
  );
}

function Services({ trace }: { trace: TraceTitle }) {
  return (
    <Box
      sx={{
        display: 'flex',
        flexWrap: 'wrap',
        gap: '2px 10px',
        minWidth: 0,
        gridRow: { xs: 2, md: 1 },
        gridColumn: { xs: 1, md: 3 },
        fontSize: '0.75rem',
        color: 'text.secondary',
      }}
    >
      {trace.services.map((service) => (
        <ServiceMark key={service} service={service} />
      ))}
      <span>{t('spans', { count: trace.spans })}</span>
    </Box>
  );
}

/** A service with the colour that it has in every drawing. */
export function ServiceMark({ service }: { service: string }) {
  return (
    <Box component="span" sx={{ display: 'inline-flex', alignItems: 'center', gap: '5px' }}>
      <Box
        component="span"
        aria-hidden
        sx={(theme) => ({
          width: 8,
          height: 8,
          flexShrink: 0,
          borderRadius: '2.5px',
          backgroundColor: theme.vars.palette.series[toneOf(service)],
        })}
      />
      {service}
    </Box>
  );
}
