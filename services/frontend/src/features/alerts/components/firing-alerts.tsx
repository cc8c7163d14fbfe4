// What fires or is about to: what it means, since when, and where to look.
import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import Paper from '@mui/material/Paper';
import Typography from '@mui/material/Typography';
import { Link as RouterLink } from 'react-router';
import { Age } from '@/components/age';
import { Code } from '@/components/facts';
import { Empty, Loading } from '@/components/feedback';
import { HealthMark } from '@/components/health-mark';
import { SignalFailure } from '@/components/signal-failure';
import { useWays } from '@/hooks/use-ways';
import { around } from '@/lib/range';
import { alertMark, runbookAddress } from '@/lib/telemetry';
import { useAlerts } from '../api/use-alerts';
import { extraLabels, findingsOf, serviceOf, type Finding } from '../findings';
import { t } from '../words';

export function FiringAlerts() {
  const alerts = useAlerts();
  if (alerts.isPending) return <Loading rows={2} height={56} />;
  if (alerts.data === undefined) {
    return (
      <SignalFailure
        title={t('alertsUnreadable')}
        error={alerts.error}
        onRetry={() => void alerts.refetch()}
      />
    );
  }
  const findings = findingsOf(alerts.data.items);
  const broken = alerts.data.items.filter(({ problem }) => problem !== null);
  return (
    <>
      {findings.length === 0 ? (
        <Paper>
          <Empty compact icon="check" title={t('quiet')}>
            {t('quietHint', { count: alerts.data.items.length })}
          </Empty>
        </Paper>
      ) : (
        <Paper component="ul" sx={{ listStyle: 'none', m: 0, p: 0 }}>
          {findings.map((finding) => (
            <Row key={finding.key} finding={finding} />
          ))}
        </Paper>
      )}
      {broken.map(({ name, problem }) => (
        <Typography key={name} variant="caption" component="p" color="error" sx={{ m: 0, mt: 1 }}>
          {name} {t('uncheckable', { problem: problem ?? '' })}
        </Typography>
      ))}
    </>
  );
}

function Row({ finding }: { finding: Finding }) {
  const { alert, found } = finding;
  const mark = alertMark({ state: found.state, severity: alert.severity });
  return (
    <Box
      component="li"
      sx={(theme) => ({
        display: 'grid',
        gridTemplateColumns: { xs: 'minmax(0, 1fr) auto', md: '84px minmax(0, 1fr) 84px' },
        columnGap: 2,
        rowGap: 0.25,
        alignItems: 'start',
        px: 2,
        py: 1.25,
        '& + &': { borderTop: `1px solid ${theme.vars.palette.divider}` },
      })}
    >
      <HealthMark health={mark.health} label={mark.label} />
      <Box sx={{ minWidth: 0, gridColumn: { xs: '1 / -1', md: 2 }, gridRow: { xs: 2, md: 1 } }}>
        <Typography variant="body2" sx={{ fontWeight: 550, overflowWrap: 'anywhere' }}>
          {found.summary === '' ? alert.name : found.summary}
        </Typography>
        <Typography variant="caption" component="div" color="textSecondary">
          {[alert.name, serviceOf(finding), found.description]
            .filter((words) => words !== '')
            .join(' · ')}
        </Typography>
        <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: '2px 12px', fontSize: '0.75rem' }}>
          {extraLabels(finding).map(([name, value]) => (
            <Code key={name}>
              {name}={value}
            </Code>
          ))}
        </Box>
        <Ways finding={finding} />
      </Box>
      <Typography
        variant="caption"
        color="textSecondary"
        sx={{ textAlign: 'right', gridColumn: { xs: 2, md: 3 }, gridRow: 1 }}
      >
        <Age value={found.since} />
      </Typography>
    </Box>
  );
}

function Ways({ finding }: { finding: Finding }) {
  const { since } = finding.found;
  const range = since === null ? undefined : around(since, 900, 900);
  const signals = useWays(serviceOf(finding), range);
  const ways: (readonly [string, string])[] = [
    ...(finding.alert.runbook === null
      ? []
      : [[t('runbook'), runbookAddress(finding.alert.runbook)] as const]),
    [t('metrics'), signals.metrics],
    [t('errorTraces'), signals.errorTraces],
    [t('logs'), signals.logs],
  ];
  return (
    <Box sx={{ display: 'flex', flexWrap: 'wrap', columnGap: 2, mt: 0.5, fontSize: '0.8125rem' }}>
      {ways.map(([words, to]) => (
        <Link key={words} component={RouterLink} to={to}>
          {words}
        </Link>
      ))}
    </Box>
  );
}
