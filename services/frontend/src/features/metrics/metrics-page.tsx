// Metrics of the whole platform: services at a glance, and what lies under them.
import Paper from '@mui/material/Paper';
import { useSearchParams } from 'react-router';
import { Empty, Loading } from '@/components/feedback';
import { Page } from '@/components/page';
import { SignalFailure } from '@/components/signal-failure';
import { SignalNotice } from '@/components/signal-notice';
import { useOverview } from '@/hooks/use-signals';
import { rangeOf, usualLength, type Range } from '@/lib/range';
import { addressOf, comparisonOf, type Comparison } from './charts';
import { ChartGroups } from './components/chart-groups';
import { MetricBar } from './components/metric-bar';
import { ServiceTable } from './components/service-table';
import { t } from './words';

export default function MetricsPage() {
  const [search, setSearch] = useSearchParams();
  const [range, comparison] = [rangeOf(search), comparisonOf(search.get('compare'))];
  const overview = useOverview('length' in range ? range.length : usualLength);
  const items = overview.data?.items ?? [];

  function go(next: Range, compare: Comparison = comparison): void {
    setSearch(addressOf(next, compare), { replace: true });
  }

  return (
    <Page title={t('title')} summary={t('summary')}>
      <SignalNotice signal="metrics" range={range} list={overview} />
      {overview.isPending && <Loading rows={6} />}
      {overview.error !== null && overview.data === undefined && (
        <SignalFailure
          title={t('unreadable')}
          error={overview.error}
          onRetry={() => void overview.refetch()}
        />
      )}
      {overview.data !== undefined && (
        <>
          <MetricBar range={range} comparison={comparison} onChange={go} />
          {items.length === 0 ? (
            <Paper sx={{ mb: 2.5 }}>
              <Empty icon="metrics" title={t('empty')}>
                {t('emptyHint')}
              </Empty>
            </Paper>
          ) : (
            <ServiceTable services={items} range={range} />
          )}
          <ChartGroups service={null} range={range} comparison={comparison} onSelect={go} />
        </>
      )}
    </Page>
  );
}
