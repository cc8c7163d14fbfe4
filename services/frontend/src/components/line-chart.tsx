// Lines over time, drawn by ourselves. Whoever does not see the drawing, or wants the numbers,
// has them as a table; a pointer or the arrow keys read the values of one moment.
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useId, useState } from 'react';
import { useWidth } from '@/hooks/use-width';
import { largest, nearest, timeLabel, type Point } from '@/lib/scale';
import type { Tone } from '@/theme/series';
import { ChartDrawing } from './chart-drawing';
import { ChartLegend } from './chart-legend';
import { ChartTable } from './chart-table';
import { t } from './words';

export interface Line {
  name: string;
  tone: Tone;
  points: readonly Point[];
  /** The name of the line that this one shows at an earlier time: drawn in dashes. */
  earlierOf?: string;
}

export interface LineChartProps {
  title: string;
  lines: readonly Line[];
  /** Both ends of the time that is shown, in milliseconds. */
  from: number;
  to: number;
  /** A value in words, with its unit. */
  format: (value: number) => string;
  /** Whether the axis counts in powers of two. */
  binary?: boolean;
  height?: number;
  /** A bound that is drawn across, like an objective. */
  bound?: { value: number; label: string };
  /** A person marked a stretch of time with the pointer. */
  onSelect?: (from: number, to: number) => void;
}

export function LineChart(props: LineChartProps) {
  const { title, lines, from, to, format, height = 132 } = props;
  const id = useId();
  const [measure, width] = useWidth();
  const [isTable, setTable] = useState(false);
  const [at, setAt] = useState<number | null>(null);
  const measured = lines.some(({ points }) => points.some(([, value]) => value !== null));

  function step(by: number): void {
    const moments = lines[0]?.points ?? [];
    const place = at === null ? moments.length - 1 : nearest(moments, at) + by;
    const point = moments[Math.min(Math.max(place, 0), moments.length - 1)];
    if (point !== undefined) setAt(point[0]);
  }

  return (
    <Box component="figure" aria-labelledby={id} sx={{ m: 0, minWidth: 0 }} ref={measure}>
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 1, minHeight: 32 }}>
        <Box
          component="figcaption"
          id={id}
          sx={{ fontSize: '0.8125rem', fontWeight: 600, flexGrow: 1, minWidth: 0 }}
        >
          {title}
        </Box>
        {measured && (
          <Button
            size="small"
            color="inherit"
            aria-pressed={isTable}
            aria-label={t('tableOf', { title })}
            onClick={() => {
              setTable(!isTable);
            }}
            sx={{ color: 'text.secondary', fontSize: '0.75rem', minHeight: 26, py: 0, px: 1 }}
          >
            {isTable ? t('chart') : t('table')}
          </Button>
        )}
      </Box>
      {measured && (
        <ChartLegend lines={lines} at={at} format={format} when={whenOf(at, to - from)} />
      )}
      {!measured && <Nothing height={height} />}
      {measured && isTable && (
        <ChartTable title={title} lines={lines} format={format} range={to - from} />
      )}
      {measured && !isTable && width > 0 && (
        <ChartDrawing
          {...props}
          height={height}
          width={width}
          label={summaryOf(props)}
          at={at}
          onPoint={setAt}
          onStep={step}
        />
      )}
      {measured && !isTable && width === 0 && <Box sx={{ height }} />}
    </Box>
  );
}

function Nothing({ height }: { height: number }) {
  return (
    <Box
      sx={{
        height,
        display: 'grid',
        placeItems: 'center',
        fontSize: '0.75rem',
        color: 'text.secondary',
      }}
    >
      {t('notMeasured')}
    </Box>
  );
}

const whenOf = (at: number | null, range: number): string =>
  at === null ? t('newest') : timeLabel(at, Math.min(range, 300_000));

/** What the drawing shows, in a sentence. */
function summaryOf({ title, lines, format }: LineChartProps): string {
  const parts = lines.map(({ name, points }) => {
    const last = points.findLast(([, value]) => value !== null)?.[1] ?? null;
    if (last === null) return t('lineUnmeasured', { name });
    return t('lineSummary', { name, last: format(last), most: format(largest(points)) });
  });
  return `${title}: ${parts.join('; ')}`;
}
