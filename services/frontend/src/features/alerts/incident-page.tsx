// One incident: what was found, what happened since, and the signals of the moment.
import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import Paper from '@mui/material/Paper';
import Typography from '@mui/material/Typography';
import { Link as RouterLink, useParams } from 'react-router';
import { Age } from '@/components/age';
import { BackLink } from '@/components/back-link';
import { Code, Facts, type Fact } from '@/components/facts';
import { Empty, Failure, Loading } from '@/components/feedback';
import { HealthMark } from '@/components/health-mark';
import { Page } from '@/components/page';
import { Section } from '@/components/section';
import { useWays } from '@/hooks/use-ways';
import { ProblemError } from '@/lib/problem';
import { incidentMark, runbookAddress } from '@/lib/telemetry';
import { moment, span } from '@/lib/time';
import { useIncident, type IncidentDetail } from './api/use-alerts';
import { IncidentDeeds } from './components/incident-deeds';
import { IncidentTimeline } from './components/incident-timeline';
import { t } from './words';

export default function IncidentPage() {
  const { id = '' } = useParams();
  const found = useIncident(id);
  const missing = found.error instanceof ProblemError && [400, 404].includes(found.error.status);
  if (found.data !== undefined) return <Known incident={found.data} />;
  return (
    <Page title={t('incident')} above={<BackLink to="/alerts">{t('title')}</BackLink>}>
      {found.isPending && <Loading />}
      {missing && <Empty icon="search" title={t('missing')} />}
      {found.error !== null && !missing && (
        <Failure
          title={t('oneUnreadable')}
          error={found.error}
          onRetry={() => void found.refetch()}
        />
      )}
    </Page>
  );
}

function Known({ incident }: { incident: IncidentDetail }) {
  const mark = incidentMark(incident);
  return (
    <Page
      title={incident.summary === '' ? incident.alertname : incident.summary}
      above={<BackLink to="/alerts">{t('title')}</BackLink>}
      beside={<HealthMark badge health={mark.health} label={mark.label} />}
      summary={incident.description === '' ? undefined : incident.description}
      actions={<IncidentDeeds incident={incident} />}
    >
      <Box
        sx={{
          display: 'grid',
          gap: 2,
          alignItems: 'start',
          gridTemplateColumns: { xs: 'minmax(0, 1fr)', lg: 'minmax(0, 1fr) 400px' },
        }}
      >
        <Paper sx={{ p: { xs: 2, sm: 2.5 } }}>
          <Section title={t('timeline')}>
            <IncidentTimeline incident={incident} />
          </Section>
        </Paper>
        <Paper sx={{ p: { xs: 2, sm: 2.5 }, display: 'grid', gap: 3, minWidth: 0 }}>
          <Section title={t('moment')}>
            <Ways incident={incident} />
          </Section>
          <Section title={t('facts')}>
            <Facts facts={factsOf(incident)} />
          </Section>
          <Section title={t('findings')}>
            <Findings incident={incident} />
          </Section>
        </Paper>
      </Box>
    </Page>
  );
}

function Ways({ incident }: { incident: IncidentDetail }) {
  const { service, moment: range, runbook } = incident;
  const signals = useWays(service, range);
  const ways: (readonly [string, string])[] = [
    ...(runbook === null ? [] : [[t('runbook'), runbookAddress(runbook)] as const]),
    [t('errorTraces'), signals.errorTraces],
    [t('slowTraces'), signals.traces],
    [t('logs'), signals.logs],
    [t('metrics'), signals.metrics],
  ];
  return (
    <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: '4px 16px', fontSize: '0.8125rem' }}>
      {ways.map(([words, to]) => (
        <Link key={words} component={RouterLink} to={to}>
          {words}
        </Link>
      ))}
    </Box>
  );
}

function factsOf(incident: IncidentDetail): Fact[] {
  const { acknowledged_at: taken, acknowledged_by: by, resolved_at: over } = incident;
  return [
    [t('alert'), <Code key="alert">{incident.alertname}</Code>],
    [t('severity'), incident.severity],
    [t('service'), incident.service === '' ? '–' : incident.service],
    [t('began'), moment(incident.started_at)],
    [t('opened'), <Age key="opened" value={incident.opened_at} />],
    ...(taken === null
      ? []
      : [
          [
            t('acknowledgedBy'),
            <span key="taken">
              <Age value={taken} /> {by !== null && t('by', { name: by })}
            </span>,
          ] satisfies Fact,
        ]),
    ...(over === null
      ? []
      : [
          [t('over'), moment(over)] satisfies Fact,
          [t('lasted'), lasted(incident.started_at, over)] satisfies Fact,
        ]),
  ];
}

const lasted = (from: string, to: string): string =>
  span(Math.max(0, (Date.parse(to) - Date.parse(from)) / 1000));

function Findings({ incident }: { incident: IncidentDetail }) {
  return (
    <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0, display: 'grid', gap: 1.25 }}>
      {incident.alerts.map((alert) => (
        <Box component="li" key={alert.fingerprint}>
          <Box sx={{ display: 'flex', justifyContent: 'space-between', gap: 1 }}>
            <HealthMark
              health={alert.ended_at === null ? 'bad' : 'good'}
              label={t(alert.ended_at === null ? 'stillSo' : 'endedAt')}
            />
            <Typography variant="caption" color="textSecondary">
              <Age value={alert.ended_at ?? alert.started_at} />
            </Typography>
          </Box>
          <Typography variant="body2" sx={{ overflowWrap: 'anywhere' }}>
            {alert.summary}
          </Typography>
          <Typography
            variant="caption"
            component="div"
            color="textSecondary"
            sx={{ overflowWrap: 'anywhere' }}
          >
            {Object.entries(alert.labels)
              .map(([name, value]) => `${name}=${value}`)
              .join(' ')}
          </Typography>
        </Box>
      ))}
    </Box>
  );
}
