// Calls between services in numbers.
import Paper from '@mui/material/Paper';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import { ScrollRegion } from '@/components/scroll-region';
import { milliseconds, percent, perSecond } from '@/lib/quantity';
import type { Call } from '@/lib/telemetry';
import { t } from '../words';
import { ServiceMark } from './trace-rows';

const told = (value: number | null, format: (value: number) => string): string =>
  value === null ? '–' : format(value);

export function CallTable({ calls }: { calls: readonly Call[] }) {
  return (
    <Paper sx={{ overflow: 'hidden' }}>
      <ScrollRegion label={t('calls')}>
        <Table size="small" aria-label={t('calls')} sx={{ '& td': { whiteSpace: 'nowrap' } }}>
          <TableHead>
            <TableRow>
              <TableCell>{t('caller')}</TableCell>
              <TableCell>{t('called')}</TableCell>
              <TableCell align="right">{t('rate')}</TableCell>
              <TableCell align="right">{t('errorRatio')}</TableCell>
              <TableCell align="right">{t('p95')}</TableCell>
            </TableRow>
          </TableHead>
          <TableBody>
            {calls.map((call) => (
              <TableRow key={`${call.from} ${call.to}`}>
                <TableCell>
                  <ServiceMark service={call.from} />
                </TableCell>
                <TableCell>
                  <ServiceMark service={call.to} />
                </TableCell>
                <TableCell align="right">{told(call.requests_per_second, perSecond)}</TableCell>
                <TableCell align="right">{told(call.error_ratio, percent)}</TableCell>
                <TableCell align="right">{told(call.p95_ms, milliseconds)}</TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </ScrollRegion>
    </Paper>
  );
}
