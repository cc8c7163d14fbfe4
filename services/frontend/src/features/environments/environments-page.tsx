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

export default function EnvironmentsPage() {
  const environments = useEnvironments();
  const platform = usePlatform();
  const comparison = environments.data && compare(environments.data.items);
  return (
    <Page
      title="Environments"
      summary="One file, several places to run it. What differs between them stands out."
    >
      {environments.isPending && <Loading rows={8} />}
      {environments.error !== null && environments.data === undefined && (
        <Failure
          title="The environments could not be read"
          error={environments.error}
          onRetry={() => void environments.refetch()}
        />
      )}
      {comparison?.environments.length === 0 && (
        <Empty icon="environments" title="platform.yaml declares no environments" />
      )}
      {comparison !== undefined && comparison.environments.length > 0 && (
        <Box sx={{ display: 'grid', gap: 3, gridTemplateColumns: 'minmax(0, 1fr)' }}>
          <Running />
          <Section title="Replicas">
            <ComparisonTable
              label="Replicas"
              first="Service"
              environments={comparison.environments}
              rows={comparison.replicas}
              current={platform.data?.environment}
            />
          </Section>
          <Section title="Database">
            <ComparisonTable
              label="Database"
              first="Setting"
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
