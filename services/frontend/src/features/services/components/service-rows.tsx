// Services as rows: name, state, kind, replicas, calls.
import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import Paper from '@mui/material/Paper';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import Typography from '@mui/material/Typography';
import { Link as RouterLink } from 'react-router';
import { HealthMark } from '@/components/health-mark';
import { Icon } from '@/components/icon';
import { useLiveState } from '@/hooks/use-catalog';
import { kindLabel, tiers, type PlatformState, type Service } from '@/lib/catalog';
import { componentHealth } from '@/lib/health';
import { t } from '../words';

const wideOnly = { display: { xs: 'none', md: 'table-cell' } };
const tabletUp = { display: { xs: 'none', sm: 'table-cell' } };

export function ServiceRows({ services }: { services: readonly Service[] }) {
  const state = useLiveState();
  return (
    <Paper sx={{ overflow: 'hidden' }}>
      <Table aria-label={t('title')}>
        <TableHead>
          <TableRow>
            <TableCell>{t('service')}</TableCell>
            <TableCell>{t('state')}</TableCell>
            <TableCell sx={tabletUp}>{t('tier')}</TableCell>
            <TableCell sx={tabletUp} align="right">
              {t('replicas')}
            </TableCell>
            <TableCell sx={wideOnly}>{t('calls')}</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {services.map((service) => (
            <Row key={service.name} service={service} state={state.data} />
          ))}
        </TableBody>
      </Table>
    </Paper>
  );
}

function Row({ service, state }: { service: Service; state: PlatformState | undefined }) {
  const live = componentHealth(service.name, state);
  return (
    <TableRow hover>
      <TableCell>
        <Box sx={{ display: 'flex', gap: 1.25, alignItems: 'center' }}>
          <Icon name={service.kind} sx={{ color: 'text.secondary' }} />
          <Box sx={{ minWidth: 0 }}>
            <Link
              component={RouterLink}
              to={`/services/${encodeURIComponent(service.name)}`}
              color="textPrimary"
              sx={{ fontWeight: 550, overflowWrap: 'anywhere' }}
            >
              {service.name}
            </Link>
            <Typography variant="caption" component="div" color="textSecondary">
              {service.description || kindLabel(service.kind)}
            </Typography>
          </Box>
        </Box>
      </TableCell>
      <TableCell>
        <HealthMark health={live.health} label={live.label} />
      </TableCell>
      <TableCell sx={tabletUp}>{tiers.find((tier) => tier.id === service.tier)?.label}</TableCell>
      <TableCell sx={tabletUp} align="right">
        {live.replicas.length === 0
          ? '–'
          : `${String(live.ready)} / ${String(live.replicas.length)}`}
      </TableCell>
      <TableCell sx={wideOnly}>{service.calls.join(', ') || '–'}</TableCell>
    </TableRow>
  );
}
