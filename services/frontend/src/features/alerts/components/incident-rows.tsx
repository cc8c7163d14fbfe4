// Incidents as rows, latest first.
import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import Paper from '@mui/material/Paper';
import Typography from '@mui/material/Typography';
import { Link as RouterLink } from 'react-router';
import { Age } from '@/components/age';
import { HealthMark } from '@/components/health-mark';
import { incidentMark, type Incident } from '@/lib/telemetry';
import { t } from '../words';

export function IncidentRows({ incidents }: { incidents: readonly Incident[] }) {
  return (
    <Paper component="ul" sx={{ listStyle: 'none', m: 0, p: 0 }}>
      {incidents.map((incident) => (
        <Row key={incident.id} incident={incident} />
      ))}
    </Paper>
  );
}

const columns = '116px minmax(0, 1.6fr) minmax(0, 1fr) 84px';

function Row({ incident }: { incident: Incident }) {
  const mark = incidentMark(incident);
  return (
    <Box
      component="li"
      sx={(theme) => ({
        display: 'grid',
        gridTemplateColumns: { xs: '1fr auto', md: columns },
        columnGap: 2,
        rowGap: 0.25,
        alignItems: 'center',
        px: 2,
        py: 1.25,
        position: 'relative',
        '&:hover': { backgroundColor: theme.vars.palette.action.hover },
        '& + &': { borderTop: `1px solid ${theme.vars.palette.divider}` },
      })}
    >
      <Box sx={{ gridRow: { xs: 2, md: 1 }, gridColumn: 1 }}>
        <HealthMark health={mark.health} label={mark.label} />
      </Box>
      <Link
        component={RouterLink}
        to={`/incidents/${incident.id}`}
        color="textPrimary"
        sx={{
          fontWeight: 550,
          minWidth: 0,
          overflowWrap: 'anywhere',
          gridColumn: { xs: '1 / -1', md: 2 },
          '&::after': { content: '""', position: 'absolute', inset: 0 },
        }}
      >
        {incident.summary === '' ? incident.alertname : incident.summary}
      </Link>
      <Typography
        variant="body2"
        color="textSecondary"
        noWrap
        sx={{
          minWidth: 0,
          gridRow: { xs: 3, md: 1 },
          gridColumn: { xs: '1 / -1', md: 3 },
        }}
      >
        {about(incident)}
      </Typography>
      <Typography
        variant="caption"
        color="textSecondary"
        sx={{
          textAlign: 'right',
          zIndex: 1,
          gridRow: { xs: 2, md: 1 },
          gridColumn: { xs: 2, md: 4 },
        }}
      >
        <Age value={incident.opened_at} />
      </Typography>
    </Box>
  );
}

function about({ alertname, severity, service, acknowledged_by: name }: Incident): string {
  const who = name === null ? '' : t('by', { name });
  return [alertname, severity, service, who].filter((words) => words !== '').join(' · ');
}
