// One deployment: how it goes, what it changes, and the decisions on it.
import Box from '@mui/material/Box';
import Paper from '@mui/material/Paper';
import { useParams } from 'react-router';
import { BackLink } from '@/components/back-link';
import { DeliveryNotice } from '@/components/delivery-notice';
import { Empty, Failure, Loading } from '@/components/feedback';
import { HealthMark } from '@/components/health-mark';
import { Page } from '@/components/page';
import { Section } from '@/components/section';
import { useDeliveries } from '@/hooks/use-delivery';
import { deploymentMark, subjectOf, type DeploymentDetail } from '@/lib/delivery';
import { ProblemError } from '@/lib/problem';
import { useDeployment } from './api/use-deployment';
import { Decisions } from './components/decisions';
import { DeploymentFacts } from './components/deployment-facts';
import { Timeline } from './components/timeline';
import { t } from './words';

export default function DeploymentPage() {
  const { id = '' } = useParams();
  useDeliveries();
  const found = useDeployment(id);
  const refused = found.error instanceof ProblemError && [400, 404].includes(found.error.status);
  if (found.data !== undefined) return <Known deployment={found.data} />;
  return (
    <Page title={t('title')} above={<BackLink to="/deployments">{t('title')}</BackLink>}>
      {found.isPending && <Loading />}
      {refused && <Empty icon="search" title={t('missing')} />}
      {found.error !== null && !refused && (
        <Failure
          title={t('oneUnreadable')}
          error={found.error}
          onRetry={() => void found.refetch()}
        />
      )}
    </Page>
  );
}

function Known({ deployment }: { deployment: DeploymentDetail }) {
  const mark = deploymentMark(deployment);
  const { environment } = deployment;
  return (
    <Page
      title={t('to', { subject: subjectOf(deployment), environment })}
      above={<BackLink to="/deployments">{t('title')}</BackLink>}
      beside={<HealthMark badge health={mark.health} label={mark.label} />}
      summary={deployment.note === '' ? undefined : deployment.note}
      actions={<Decisions deployment={deployment} />}
    >
      <DeliveryNotice />
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
            <Timeline deployment={deployment.id} />
          </Section>
        </Paper>
        <Paper sx={{ p: { xs: 2, sm: 2.5 }, display: 'grid', gap: 3 }}>
          <DeploymentFacts deployment={deployment} />
        </Paper>
      </Box>
    </Page>
  );
}
