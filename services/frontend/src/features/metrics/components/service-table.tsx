// All services in numbers: how much they are asked, how often in vain, how long it takes.
import Link from '@mui/material/Link';
import Paper from '@mui/material/Paper';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import { Link as RouterLink } from 'react-router';
import { HealthMark } from '@/components/health-mark';
import { ScrollRegion } from '@/components/scroll-region';
import { milliseconds, percent, perSecond } from '@/lib/quantity';
import type { Range } from '@/lib/range';
import { metricsAddress, type ServiceHealth } from '@/lib/telemetry';
import { t } from '../words';

interface ServiceTableProps {
  services: readonly ServiceHealth[];
  range: Range;
}

const columns = ['service', 'up', 'rate', 'errors', 'p50', 'p95', 'p99'] as const;

/** Above this share of errors a service is marked. */
const tooMany = 0.01;

const told = (value: number | null, format: (value: number) => string): string =>
  value === null ? '–' : format(value);

export function ServiceTable({ services, range }: ServiceTableProps) {
  return (
    <Paper sx={{ overflow: 'hidden', mb: 2.5 }}>
      <ScrollRegion label={t('services')}>
        <Table size="small" aria-label={t('services')} sx={{ minWidth: 720 }}>
          <TableHead>
            <TableRow>
              {columns.map((column) => (
                <TableCell key={column} align={column === 'service' ? 'left' : 'right'}>
                  {t(column)}
                </TableCell>
              ))}
            </TableRow>
          </TableHead>
          <TableBody>
            {services.map((each) => (
              <TableRow key={each.service} hover>
                <TableCell component="th" scope="row">
                  <Link component={RouterLink} to={metricsAddress(each.service, range)}>
                    {each.service}
                  </Link>
                </TableCell>
                <TableCell align="right">
                  <Heard service={each} />
                </TableCell>
                <TableCell align="right">{told(each.requests_per_second, perSecond)}</TableCell>
                <TableCell align="right">
                  {each.error_ratio !== null && each.error_ratio >= tooMany ? (
                    <HealthMark health="bad" label={percent(each.error_ratio)} />
                  ) : (
                    told(each.error_ratio, percent)
                  )}
                </TableCell>
                <TableCell align="right">{told(each.p50_ms, milliseconds)}</TableCell>
                <TableCell align="right">{told(each.p95_ms, milliseconds)}</TableCell>
                <TableCell align="right">{told(each.p99_ms, milliseconds)}</TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </ScrollRegion>
    </Paper>
  );
}

function Heard({ service: { up, replicas } }: { service: ServiceHealth }) {
  if (up === null || replicas === null) return '–';
  const label = t('upOf', { up, replicas });
  if (up === replicas) return label;
  return <HealthMark health={up === 0 ? 'bad' : 'warn'} label={label} />;
}
