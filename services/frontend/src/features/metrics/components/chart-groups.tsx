// Charts side by side, in their groups.
import Box from '@mui/material/Box';
import { Loading } from '@/components/feedback';
import { Section } from '@/components/section';
import { SignalFailure } from '@/components/signal-failure';
import { groupBy } from '@/lib/grouping';
import type { Range } from '@/lib/range';
import { useCharts } from '../api/use-metrics';
import type { Comparison } from '../charts';
import { named, t } from '../words';
import { MetricChart } from './metric-chart';

interface ChartGroupsProps {
  /** Null for the platform as a whole. */
  service: string | null;
  range: Range;
  comparison: Comparison;
  onSelect: (range: Range) => void;
}

export function ChartGroups({ service, ...shown }: ChartGroupsProps) {
  const charts = useCharts();
  if (charts.isPending) return <Loading rows={3} height={180} />;
  if (charts.data === undefined) {
    return (
      <SignalFailure
        title={t('unreadable')}
        error={charts.error}
        onRetry={() => void charts.refetch()}
      />
    );
  }
  const wanted = service === null ? 'platform' : 'service';
  const groups = groupBy(
    charts.data.items.filter((chart) => chart.of === wanted),
    (chart) => chart.group,
  );
  return (
    <Box sx={{ display: 'grid', gap: 2.5, gridTemplateColumns: 'minmax(0, 1fr)' }}>
      {[...groups].map(([group, members]) => (
        <Section key={group} title={named('group', group)}>
          <Box
            sx={{
              display: 'grid',
              gap: 2,
              gridTemplateColumns: 'repeat(auto-fill, minmax(min(100%, 360px), 1fr))',
            }}
          >
            {members.map((chart) => (
              <MetricChart key={chart.name} chart={chart} service={service} {...shown} />
            ))}
          </Box>
        </Section>
      ))}
    </Box>
  );
}
