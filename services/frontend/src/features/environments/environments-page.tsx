// Environments side by side: what each changes of the platform.
import Box from '@mui/material/Box';
import { Empty, Failure, Loading } from '@/components/feedback';
import { Page } from '@/components/page';
import { Section } from '@/components/section';
import { usePlatform } from '@/hooks/use-catalog';
import { useEnvironments } from './api/use-environments';
import { compare } from './comparison';
import { ComparisonTable } from './components/comparison-table';
import { Running } from './components/running-table';
import { t } from './words';

export default function EnvironmentsPage() {
  const environments = useEnvironments();
  const platform = usePlatform();
  const comparison = environments.data && compare(environments.data.items);
  return (
    <Page title={t('title')} summary={t('summary')}>
      {environments.isPending && <Loading rows={8} />}
      {environments.error !== null && environments.data === undefined && (
        <Failure
          title={t('environmentsUnreadable')}
          error={environments.error}
          onRetry={() => void environments.refetch()}
        />
      )}
      {comparison?.environments.length === 0 && <Empty icon="environments" title={t('none')} />}
      {comparison !== undefined && comparison.environments.length > 0 && (
        <Box sx={{ display: 'grid', gap: 3, gridTemplateColumns: 'minmax(0, 1fr)' }}>
          <Running />
          <Section title={t('replicas')}>
            <ComparisonTable
              label={t('replicas')}
              first={t('service')}
              environments={comparison.environments}
              rows={comparison.replicas}
              current={platform.data?.environment}
            />
          </Section>
          <Section title={t('database')}>
            <ComparisonTable
              label={t('database')}
              first={t('setting')}
              environments={comparison.environments}
              rows={comparison.database}
              current={platform.data?.environment}
            />
          </Section>
        </Box>
      )}
    </Page>
  );
}
