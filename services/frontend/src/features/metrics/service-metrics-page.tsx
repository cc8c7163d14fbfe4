// Metrics of one service: rate, errors and durations, and what its processes need.
import { useParams, useSearchParams } from 'react-router';
import { BackLink } from '@/components/back-link';
import { Page } from '@/components/page';
import { SignalLinks } from '@/components/signal-links';
import { SignalNotice } from '@/components/signal-notice';
import { rangeOf, type Range } from '@/lib/range';
import { addressOf, comparisonOf, type Comparison } from './charts';
import { ChartGroups } from './components/chart-groups';
import { MetricBar } from './components/metric-bar';
import { t } from './words';

export default function ServiceMetricsPage() {
  const { service = '' } = useParams();
  const [search, setSearch] = useSearchParams();
  const [range, comparison] = [rangeOf(search), comparisonOf(search.get('compare'))];

  function go(next: Range, compare: Comparison = comparison): void {
    setSearch(addressOf(next, compare), { replace: true });
  }

  return (
    <Page
      title={service}
      above={<BackLink to="/metrics">{t('title')}</BackLink>}
      actions={<SignalLinks service={service} range={range} without="metrics" />}
    >
      <SignalNotice signal="metrics" range={range} />
      <MetricBar range={range} comparison={comparison} onChange={go} />
      <ChartGroups service={service} range={range} comparison={comparison} onSelect={go} />
    </Page>
  );
}
