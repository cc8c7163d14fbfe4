// What each line of a chart is, with its value at the moment that is read.
import Box from '@mui/material/Box';
import { nearest, type Point } from '@/lib/scale';
import type { Tone } from '@/theme/series';
import type { Line } from './line-chart';
import { t } from './words';

interface ChartLegendProps {
  lines: readonly Line[];
  /** Null is the newest. */
  at: number | null;
  when: string;
  format: (value: number) => string;
}

export function ChartLegend({ lines, at, when, format }: ChartLegendProps) {
  const shown = lines.filter(({ earlierOf }) => earlierOf === undefined);
  return (
    <Box
      sx={{
        display: 'flex',
        flexWrap: 'wrap',
        columnGap: 1.75,
        rowGap: 0.25,
        mb: 0.75,
        minHeight: 18,
        fontSize: '0.75rem',
        color: 'text.secondary',
        fontVariantNumeric: 'tabular-nums',
      }}
    >
      {shown.map(({ name, tone, points }) => {
        const earlier = lines.find(({ earlierOf }) => earlierOf === name);
        return (
          <Box
            component="span"
            key={name}
            sx={{ display: 'inline-flex', gap: 0.75, alignItems: 'center', minWidth: 0 }}
          >
            <LineMark tone={tone} />
            {name}
            <Box component="span" sx={{ color: 'text.primary', fontWeight: 550 }}>
              {valueAt(points, at, format)}
            </Box>
            {earlier !== undefined && <span>({valueAt(earlier.points, at, format)})</span>}
          </Box>
        );
      })}
      {shown.length < lines.length && (
        <Box component="span" sx={{ display: 'inline-flex', gap: 0.75, alignItems: 'center' }}>
          <LineMark tone="slate" dashed />
          {t('earlier')}
        </Box>
      )}
      <Box component="span" sx={{ ml: 'auto' }}>
        {when}
      </Box>
    </Box>
  );
}

function valueAt(
  points: readonly Point[],
  at: number | null,
  format: (value: number) => string,
): string {
  const point =
    at === null ? points.findLast(([, value]) => value !== null) : points[nearest(points, at)];
  return point?.[1] == null ? '–' : format(point[1]);
}

function LineMark({ tone, dashed = false }: { tone: Tone; dashed?: boolean }) {
  return (
    <Box
      component="span"
      aria-hidden
      sx={(theme) => ({
        width: 12,
        height: 0,
        flexShrink: 0,
        borderTop: `2px ${dashed ? 'dotted' : 'solid'} ${theme.vars.palette.series[tone]}`,
      })}
    />
  );
}
