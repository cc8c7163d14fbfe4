// One objective: its state, its budget, how fast it burns over several windows.
import Box from '@mui/material/Box';
import Paper from '@mui/material/Paper';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import Typography from '@mui/material/Typography';
import { Facts } from '@/components/facts';
import { HealthMark } from '@/components/health-mark';
import { SignalLinks } from '@/components/signal-links';
import { milliseconds } from '@/lib/quantity';
import {
  allowance,
  burnHealth,
  exhaustion,
  factorOf,
  objectiveMark,
  pace,
  seen,
  share,
  type Objective,
} from '../budget';
import { t } from '../words';
import { BudgetBar } from './budget-bar';

export function ObjectiveCard({ objective }: { objective: Objective }) {
  const mark = objectiveMark(objective);
  return (
    <Paper
      component="section"
      aria-label={objective.name}
      sx={{ p: 2.25, display: 'grid', gap: 2, alignContent: 'start', minWidth: 0 }}
    >
      <div>
        <Box sx={{ display: 'flex', gap: 1, alignItems: 'center' }}>
          <Typography variant="h2" sx={{ flexGrow: 1, minWidth: 0, overflowWrap: 'anywhere' }}>
            {objective.name}
          </Typography>
          <HealthMark badge health={mark.health} label={mark.label} />
        </Box>
        <Typography variant="body2" color="textSecondary">
          {objective.service}
        </Typography>
        {objective.description !== '' && (
          <Typography variant="body2" sx={{ mt: 0.75, overflowWrap: 'anywhere' }}>
            {objective.description}
          </Typography>
        )}
      </div>
      <BudgetBar left={objective.budget_left} />
      <Facts
        facts={[
          [t('promised'), promised(objective)],
          [t('achieved'), objective.achieved === null ? '–' : share(objective.achieved)],
          [t('seen'), seen(objective)],
          [t('lasts'), exhaustion(objective)],
          [t('allowance'), allowed(objective)],
        ]}
      />
      <Burns objective={objective} />
      {objective.service !== '' && <SignalLinks service={objective.service} />}
    </Paper>
  );
}

const promised = ({ target, period_days: days }: Objective): string =>
  t('over', { share: share(target), count: days });

const allowed = (objective: Objective): string =>
  t('ofOutage', { time: milliseconds(allowance(objective) * 60_000) });

function Burns({ objective }: { objective: Objective }) {
  return (
    <Box>
      <Table size="small" aria-label={t('burn')} sx={{ '& td, & th': { px: 1, py: 0.5 } }}>
        <TableHead>
          <TableRow>
            <TableCell>{t('window')}</TableCell>
            <TableCell>{t('rate')}</TableCell>
            <TableCell align="right">{t('alerts')}</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {objective.burn_rates.map((burn) => (
            <TableRow key={burn.window}>
              <TableCell component="th" scope="row">
                {burn.window}
              </TableCell>
              <TableCell>
                <HealthMark health={burnHealth(burn)} label={pace(burn.rate)} />
              </TableCell>
              <TableCell align="right">{pace(factorOf(burn.window))}</TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
      <Typography variant="caption" color="textSecondary" component="p" sx={{ m: 0, mt: 0.5 }}>
        {t('burnHint')}
      </Typography>
    </Box>
  );
}
