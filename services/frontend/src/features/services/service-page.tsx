// The page of one service; its address can be passed on.
import Box from '@mui/material/Box';
import Paper from '@mui/material/Paper';
import { useParams } from 'react-router';
import { BackLink } from '@/components/back-link';
import { Empty, Failure, Loading, StaleNotice } from '@/components/feedback';
import { HealthMark } from '@/components/health-mark';
import { LiveNotice } from '@/components/live-notice';
import { Page } from '@/components/page';
import { SignalLinks } from '@/components/signal-links';
import { useLiveState } from '@/hooks/use-catalog';
import { kindLabel, type ServiceDetail } from '@/lib/catalog';
import { componentHealth } from '@/lib/health';
import { ProblemError } from '@/lib/problem';
import { useService } from './api/use-service';
import { Declared, Running } from './components/service-sections';
import { t } from './words';

export default function ServicePage() {
  const { name = '' } = useParams();
  const service = useService(name);
  const state = useLiveState();
  const live = componentHealth(name, state.data);
  const missing = service.error instanceof ProblemError && service.error.status === 404;
  return (
    <Page
      title={name}
      above={<BackLink to="/services">{t('title')}</BackLink>}
      summary={service.data === undefined ? ' ' : about(service.data)}
      actions={!missing && <SignalLinks service={name} />}
      beside={!missing && <HealthMark badge health={live.health} label={live.label} />}
    >
      <LiveNotice />
      {missing && (
        <Empty icon="search" title={t('missing', { name })}>
          {t('missingAbout')}
        </Empty>
      )}
      {service.error !== null && !missing && service.data === undefined && (
        <Failure
          title={t('unreadable')}
          error={service.error}
          onRetry={() => void service.refetch()}
        />
      )}
      {service.isPending && <Loading />}
      {service.data?.stale === true && <StaleNotice>{t('old')}</StaleNotice>}
      {service.data !== undefined && (
        <Box
          sx={{
            display: 'grid',
            gap: 2,
            alignItems: 'start',
            gridTemplateColumns: { xs: 'minmax(0, 1fr)', lg: 'minmax(0, 1fr) 400px' },
          }}
        >
          <Paper sx={{ p: { xs: 2, sm: 2.5 }, display: 'grid', gap: 3 }}>
            <Running service={service.data} live={live} />
          </Paper>
          <Paper sx={{ p: { xs: 2, sm: 2.5 }, display: 'grid', gap: 3 }}>
            <Declared service={service.data} />
          </Paper>
        </Box>
      )}
    </Page>
  );
}

function about(service: ServiceDetail): string {
  const kind = kindLabel(service.kind);
  const said = service.description.startsWith(kind);
  if (said) return service.description;
  return service.description === '' ? kind : `${kind} · ${service.description}`;
}
