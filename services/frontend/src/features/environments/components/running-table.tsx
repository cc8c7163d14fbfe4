// The releases that are live, side by side; what differs between environments stands out.
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
import { Age } from '@/components/age';
import { Failure, Loading } from '@/components/feedback';
import { HealthMark } from '@/components/health-mark';
import { ScrollRegion } from '@/components/scroll-region';
import { Section } from '@/components/section';
import { useDeliveries, useDeliveryEnvironments } from '@/hooks/use-delivery';
import { markOf } from '@/lib/delivery';
import { running, type Cell, type RunningRow } from '../running';
import { t } from '../words';

export function Running() {
  useDeliveries();
  const found = useDeliveryEnvironments();
  const environments = found.data?.items ?? [];
  const rows = running(environments);
  return (
    <Section title={t('runs')}>
      {found.isPending && <Loading rows={3} />}
      {found.error !== null && found.data === undefined && (
        <Failure title={t('unreadable')} error={found.error} />
      )}
      {found.data !== undefined && rows.length === 0 && (
        <Paper sx={{ px: 2, py: 1.5 }}>
          <Typography variant="body2" color="textSecondary">
            {t('nothing')}
          </Typography>
        </Paper>
      )}
      {rows.length > 0 && (
        <RunningTable names={environments.map(({ name }) => name)} rows={rows} />
      )}
    </Section>
  );
}

interface RunningTableProps {
  names: readonly string[];
  rows: readonly RunningRow[];
}

function RunningTable({ names, rows }: RunningTableProps) {
  return (
    <Paper>
      <ScrollRegion label={`${t('runs')}, ${t('sideBySide')}`}>
        <Table aria-label={t('runs')} sx={{ tableLayout: 'fixed', minWidth: 520 }}>
          <TableHead>
            <TableRow>
              <TableCell sx={{ width: '22%' }}>{t('service')}</TableCell>
              {names.map((name) => (
                <TableCell key={name}>{name}</TableCell>
              ))}
            </TableRow>
          </TableHead>
          <TableBody>
            {rows.map((row) => (
              <TableRow key={row.service}>
                <TableCell component="th" scope="row" sx={{ fontWeight: 500 }}>
                  {row.service}
                </TableCell>
                {row.cells.map((cell, place) => (
                  <TableCell key={names[place]} sx={{ verticalAlign: 'top' }}>
                    <Build cell={cell} strong={row.differs} />
                  </TableCell>
                ))}
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </ScrollRegion>
    </Paper>
  );
}

function Build({ cell, strong }: { cell: Cell; strong: boolean }) {
  const { release, since, coming } = cell;
  return (
    <Box sx={{ overflowWrap: 'anywhere' }}>
      {release === null && coming === null && '–'}
      {release !== null && (
        <>
          <Link
            component={RouterLink}
            to={`/releases/${release.id}`}
            color={strong ? 'textPrimary' : 'textSecondary'}
            sx={{ fontWeight: strong ? 550 : 400 }}
          >
            {release.version}
          </Link>
          <Typography variant="caption" component="div" color="textSecondary">
            <Age value={since} />
          </Typography>
        </>
      )}
      {coming !== null && (
        <Link component={RouterLink} to={`/deployments/${coming.deployment}`}>
          <HealthMark {...markOf(coming.state)} />
        </Link>
      )}
    </Box>
  );
}
