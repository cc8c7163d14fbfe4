// The replicas of a service as the runner sees them, with last log lines where one failed.
import Box from '@mui/material/Box';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import Typography from '@mui/material/Typography';
import { Age } from '@/components/age';
import { HealthMark } from '@/components/health-mark';
import { ScrollRegion } from '@/components/scroll-region';
import type { ReplicaState } from '@/lib/catalog';
import { healthOf, stateLabel } from '@/lib/health';
import { mono } from '@/theme/typography';
import { t } from '../words';

export function ReplicaTable({ replicas }: { replicas: readonly ReplicaState[] }) {
  if (replicas.length === 0) {
    return (
      <Typography variant="body2" color="textSecondary">
        {t('noReplicas')}
      </Typography>
    );
  }
  const healthy = replicas.filter((replica) => healthOf(replica.state) === 'good');
  const programs = [...new Set(healthy.map((replica) => replica.detail))].filter(Boolean);
  return (
    <Box>
      <ScrollRegion label={t('replicas')}>
        <Table
          size="small"
          aria-label={t('processes')}
          sx={{
            '& td, & th': { px: 0.75 },
            '& th': { backgroundColor: 'transparent' },
            '& td': { fontVariantNumeric: 'tabular-nums' },
          }}
        >
          <TableHead>
            <TableRow>
              <TableCell>#</TableCell>
              <TableCell>{t('state')}</TableCell>
              <TableCell align="right">{t('process')}</TableCell>
              <TableCell align="right">{t('port')}</TableCell>
              <TableCell align="right">{t('restarts')}</TableCell>
              <TableCell align="right">{t('started')}</TableCell>
            </TableRow>
          </TableHead>
          <TableBody>
            {replicas.map((replica) => (
              <TableRow key={replica.replica}>
                <TableCell>{replica.replica}</TableCell>
                <TableCell>
                  <HealthMark health={healthOf(replica.state)} label={stateLabel(replica.state)} />
                </TableCell>
                <TableCell align="right">{replica.pid ?? '–'}</TableCell>
                <TableCell align="right">{replica.port ?? '–'}</TableCell>
                <TableCell align="right">{replica.restarts}</TableCell>
                <TableCell align="right" sx={{ whiteSpace: 'nowrap' }}>
                  <Age value={replica.started_at} />
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </ScrollRegion>
      {programs.length > 0 && (
        <Typography variant="caption" component="div" color="textSecondary" sx={{ mt: 0.75 }}>
          {programs.join(', ')}
        </Typography>
      )}
      {replicas.map((replica) => (
        <Trouble key={replica.replica} replica={replica} />
      ))}
    </Box>
  );
}

function Trouble({ replica }: { replica: ReplicaState }) {
  const { log, detail } = replica;
  if (healthOf(replica.state) === 'good' || (detail === '' && log.length === 0)) return null;
  return (
    <Box sx={{ mt: 1.5 }}>
      <Typography variant="body2">
        <strong>{t('replica', { number: replica.replica })}</strong>
        {detail !== '' && `: ${detail}`}
      </Typography>
      {log.length > 0 && (
        <Box
          component="pre"
          tabIndex={0}
          aria-label={t('log', { number: replica.replica })}
          sx={(theme) => ({
            m: 0,
            mt: 0.75,
            p: 1.25,
            maxHeight: 220,
            overflow: 'auto',
            fontFamily: mono,
            fontSize: '0.71875rem',
            lineHeight: 1.6,
            borderRadius: '7px',
            backgroundColor: theme.vars.palette.surface.sunken,
            border: `1px solid ${theme.vars.palette.divider}`,
          })}
        >
          {log.join('\n')}
        </Box>
      )}
    </Box>
  );
}
