// One chart: its lines, those of an earlier time where it is compared, and what is missing.
import Paper from '@mui/material/Paper';
import Skeleton from '@mui/material/Skeleton';
import Typography from '@mui/material/Typography';
import { LineChart } from '@/components/line-chart';
import { messageOf } from '@/lib/problem';
import { endsOf, type Range } from '@/lib/range';
import { useSeries } from '../api/use-metrics';
import { formatOf, hiddenOf, linesOf, shiftOf, type Chart, type Comparison } from '../charts';
import { named, t } from '../words';

interface MetricChartProps {
  chart: Chart;
  service: string | null;
  range: Range;
  comparison: Comparison;
  onSelect: (range: Range) => void;
}

export function MetricChart({ chart, service, range, comparison, onSelect }: MetricChartProps) {
  const ends = () => {
    const [from, to] = endsOf(range, Date.now());
    return { from, to };
  };
  const asked = { chart: chart.name, service, range, ends };
  const shown = useSeries(asked);
  const back = shown.data === undefined ? 0 : shiftOf(comparison, shown.data.from, shown.data.to);
  const earlier = useSeries({ ...asked, shift: back, enabled: back > 0 });
  const title = named('chart', chart.name);
  return (
    <Paper sx={{ p: 1.75, minWidth: 0 }}>
      {shown.isPending && (
        <Skeleton variant="rounded" height={182} role="status" aria-label={t('loading')} />
      )}
      {shown.error !== null && shown.data === undefined && (
        <Typography variant="body2" color="textSecondary" role="status" sx={{ minHeight: 182 }}>
          <strong>{title}</strong>: {t('chartUnreadable')}. {messageOf(shown.error)}
        </Typography>
      )}
      {shown.data !== undefined && (
        <>
          <LineChart
            title={title}
            from={shown.data.from}
            to={shown.data.to}
            format={formatOf(chart.unit)}
            binary={chart.unit.startsWith('bytes')}
            lines={[
              ...linesOf(shown.data.series, chart),
              ...(back === 0 || earlier.data === undefined
                ? []
                : linesOf(earlier.data.series, chart, earlier.data.shift)),
            ]}
            onSelect={(from, to) => {
              onSelect({ from: new Date(from).toISOString(), to: new Date(to).toISOString() });
            }}
          />
          {hiddenOf(shown.data.series) > 0 && (
            <Typography variant="caption" color="textSecondary">
              {t('omitted', { count: hiddenOf(shown.data.series) })}
            </Typography>
          )}
        </>
      )}
    </Paper>
  );
}
