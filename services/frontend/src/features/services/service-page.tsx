// The page of one service; its address can be passed on.
import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import Paper from '@mui/material/Paper';
import { Link as RouterLink, useParams } from 'react-router';
import { Empty, Failure, Loading, StaleNotice } from '@/components/feedback';
import { HealthMark } from '@/components/health-mark';
import { Icon } from '@/components/icon';
import { LiveNotice } from '@/components/live-notice';
import { Page } from '@/components/page';
import { useLiveState } from '@/hooks/use-catalog';
import { kindLabel, type ServiceDetail } from '@/lib/catalog';
import { componentHealth } from '@/lib/health';
import { ProblemError } from '@/lib/problem';
import { useService } from './api/use-service';
import { Declared, Running } from './components/service-sections';

export default function ServicePage() {
  const { name = '' } = useParams();
  const service = useService(name);
  const state = useLiveState();
  const live = componentHealth(name, state.data);
  const missing = service.error instanceof ProblemError && service.error.status === 404;
  return (
    <Page
      title={name}
      above={<Back />}
      summary={service.data === undefined ? ' ' : about(service.data)}
      beside={!missing && <HealthMark badge health={live.health} label={live.label} />}
    >
      <LiveNotice />
      {missing && (
        <Empty icon="search" title={`The catalog has no service called ${name}`}>
          It may have been renamed in platform.yaml.
        </Empty>
      )}
      {service.error !== null && !missing && service.data === undefined && (
        <Failure
          title="The service could not be read"
          error={service.error}
          onRetry={() => void service.refetch()}
        />
      )}
      {service.isPending && <Loading />}
      {service.data?.stale === true && (
        <StaleNotice>The database is away: this is an earlier copy.</StaleNotice>
      )}
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

function Back() {
  return (
    <Link
      component={RouterLink}
      to="/services"
      color="textSecondary"
      sx={{ display: 'inline-flex', alignItems: 'center', gap: 0.5, mb: 1, fontSize: '0.8125rem' }}
    >
      <Icon name="chevronLeft" size={13} />
      Services
    </Link>
  );
}

function about(service: ServiceDetail): string {
  const kind = kindLabel(service.kind);
  const said = service.description.startsWith(kind);
  if (said) return service.description;
  return service.description === '' ? kind : `${kind} · ${service.description}`;
}
