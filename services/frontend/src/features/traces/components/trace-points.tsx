// Traces as points: when each began and how long it took. The list below says the same in words.
import Box from '@mui/material/Box';
import type { SystemStyleObject } from '@mui/system';
import type { Theme } from '@mui/material/styles';
import { useNavigate } from 'react-router';
import { useWidth } from '@/hooks/use-width';
import { milliseconds } from '@/lib/quantity';
import { linear, timeLabel, timeTicks, valueTicks } from '@/lib/scale';
import { traceAddress, type TraceTitle } from '@/lib/telemetry';
import { t } from '../words';

interface TracePointsProps {
  traces: readonly TraceTitle[];
}

const height = 112;
const room = { left: 52, right: 12, top: 8, bottom: 20 };

const styles = (theme: Theme): SystemStyleObject<Theme> => {
  const { palette } = theme.vars;
  return {
    display: 'block',
    fontSize: 11,
    fontFamily: theme.typography.fontFamily,
    fontVariantNumeric: 'tabular-nums',
    '& text': { fill: palette.text.secondary },
    '& .grid': { stroke: palette.divider },
    '& .point': { fill: palette.series.blue, fillOpacity: 0.55, cursor: 'pointer' },
    '& .point.bad': { fill: palette.state.bad.main, fillOpacity: 0.85 },
    '& .point:hover': { fillOpacity: 1 },
  };
};

export function TracePoints({ traces }: TracePointsProps) {
  const [measure, width] = useWidth();
  const navigate = useNavigate();
  const moments = traces.map(({ start }) => Date.parse(start));
  const [first, last] = [Math.min(...moments), Math.max(...moments)];
  const [from, to] = [Math.min(first, last - 10_000), last];
  const ticks = valueTicks(Math.max(...traces.map((trace) => trace.duration_ms)), 2);
  const x = linear(from, to, room.left, width - room.right);
  const y = linear(0, ticks.at(-1)!, height - room.bottom, room.top);
  const failed = traces.filter(({ errors }) => errors > 0).length;
  return (
    <Box ref={measure} sx={{ minHeight: height, mb: 1.5 }}>
      {width > 0 && (
        <Box
          component="svg"
          role="img"
          aria-label={t('points', { count: failed, all: traces.length })}
          width={width}
          height={height}
          sx={styles}
        >
          {ticks.map((tick) => (
            <g key={tick}>
              <line
                className="grid"
                x1={room.left}
                x2={width - room.right}
                y1={y(tick)}
                y2={y(tick)}
              />
              <text x={room.left - 8} y={y(tick) + 4} textAnchor="end">
                {milliseconds(tick)}
              </text>
            </g>
          ))}
          {timeTicks(from, to, Math.floor(width / 90)).map((tick) => (
            <text key={tick} x={x(tick)} y={height - 5} textAnchor="middle">
              {timeLabel(tick, to - from)}
            </text>
          ))}
          {traces.map((trace, place) => (
            <circle
              key={trace.trace_id}
              className={trace.errors > 0 ? 'point bad' : 'point'}
              cx={x(moments[place]!)}
              cy={y(trace.duration_ms)}
              r={trace.errors > 0 ? 4 : 3.5}
              onClick={() => void navigate(traceAddress(trace.trace_id))}
            >
              <title>{`${trace.service} ${trace.name}, ${milliseconds(trace.duration_ms)}`}</title>
            </circle>
          ))}
        </Box>
      )}
    </Box>
  );
}
