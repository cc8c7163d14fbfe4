// One release: its digest and commit, who built it, its SBOM, and where it runs.
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Link from '@mui/material/Link';
import Paper from '@mui/material/Paper';
import Typography from '@mui/material/Typography';
import { Link as RouterLink, useParams } from 'react-router';
import { Age } from '@/components/age';
import { BackLink } from '@/components/back-link';
import { DeliveryNotice } from '@/components/delivery-notice';
import { Code, Facts, type Fact } from '@/components/facts';
import { Empty, Failure, Loading } from '@/components/feedback';
import { HealthMark } from '@/components/health-mark';
import { Icon } from '@/components/icon';
import { Page } from '@/components/page';
import { Section } from '@/components/section';
import { useDeliveries, useDeliveryEnvironments } from '@/hooks/use-delivery';
import { useHolds } from '@/hooks/use-session';
import type { Release } from '@/lib/delivery';
import { ProblemError } from '@/lib/problem';
import { useRelease } from './api/use-release';
import { placesOf, type Place } from './placement';
import { t } from './words';

export default function ReleasePage() {
  const { id = '' } = useParams();
  useDeliveries();
  const found = useRelease(id);
  const refused = found.error instanceof ProblemError && [400, 404].includes(found.error.status);
  if (found.data !== undefined) return <Known release={found.data} />;
  return (
    <Page title={t('title')} above={<BackLink to="/releases">{t('title')}</BackLink>}>
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

function Known({ release }: { release: Release }) {
  const operator = useHolds('operator');
  const environments = useDeliveryEnvironments();
  const places = placesOf(release.id, environments.data?.items ?? []);
  return (
    <Page
      title={`${release.service} ${release.version}`}
      above={<BackLink to="/releases">{t('title')}</BackLink>}
      actions={
        operator && (
          <Button
            component={RouterLink}
            to={`/deployments?release=${release.id}`}
            variant="contained"
            startIcon={<Icon name="deployments" size={14} />}
          >
            {t('deploy')}
          </Button>
        )
      }
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
          <Section title={t('facts')}>
            <Facts facts={factsOf(release)} />
          </Section>
        </Paper>
        <Paper sx={{ p: { xs: 2, sm: 2.5 } }}>
          <Section title={t('where')}>
            {environments.isPending && <Loading rows={2} height={28} />}
            <Places places={places} />
            {environments.data !== undefined && places.length === 0 && (
              <Typography variant="body2" color="textSecondary">
                {t('notLive')}
              </Typography>
            )}
          </Section>
        </Paper>
      </Box>
    </Page>
  );
}

function Places({ places }: { places: readonly Place[] }) {
  return (
    <>
      {places.map(({ environment, since, deployment }) => (
        <Box key={environment} sx={{ display: 'flex', gap: 1.5, alignItems: 'center', py: 0.5 }}>
          <HealthMark badge health="good" label={environment} />
          <Link
            component={RouterLink}
            to={deployment === null ? '/deployments' : `/deployments/${deployment}`}
            variant="caption"
            color="textSecondary"
          >
            {t('since')} <Age value={since} />
          </Link>
        </Box>
      ))}
    </>
  );
}

function factsOf(release: Release): Fact[] {
  return [
    [t('digest'), <Code key="digest">{release.digest}</Code>],
    [t('commit'), release.commit === null ? '–' : <Code key="commit">{release.commit}</Code>],
    [t('builtBy'), release.built_by],
    [t('built'), <Age key="built" value={release.built_at} />],
    [t('registeredBy'), release.created_by ?? '–'],
    [t('registered'), <Age key="registered" value={release.created_at} />],
    [
      t('sbom'),
      release.sbom === null ? (
        t('noSbom')
      ) : (
        <Link key="sbom" component={RouterLink} to={`/artifacts?artifact=${release.sbom}`}>
          {t('openSbom')}
        </Link>
      ),
    ],
  ];
}
