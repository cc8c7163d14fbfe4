// The drawing of a chart: axes, lines, the moment that is read and the stretch that is marked.
import Box from '@mui/material/Box';
import type { SystemStyleObject } from '@mui/system';
import type { Theme } from '@mui/material/styles';
import { useState, type KeyboardEvent, type PointerEvent } from 'react';
import {
  byteTicks,
  largest,
  linear,
  linePath,
  nearest,
  timeLabel,
  timeTicks,
  valueTicks,
  type Point,
} from '@/lib/scale';
import { tones } from '@/theme/series';
import type { LineChartProps } from './line-chart';

interface ChartDrawingProps extends LineChartProps {
  width: number;
  height: number;
  label: string;
  at: number | null;
  onPoint: (at: number | null) => void;
  onStep: (by: number) => void;
}

const margin = { right: 8, top: 6, bottom: 20 };

/** Width of a character of the axis, in pixels. */
const character = 6.2;

/** A stretch shorter than this many pixels was a click, not a choice. */
const shortest = 6;

const styles = (theme: Theme): SystemStyleObject<Theme> => {
  const { palette } = theme.vars;
  return {
    display: 'block',
    touchAction: 'pan-y',
    cursor: 'crosshair',
    fontSize: 11,
    fontFamily: theme.typography.fontFamily,
    fontVariantNumeric: 'tabular-nums',
    '&:focus-visible': { outline: `2px solid ${palette.primary.main}`, borderRadius: '4px' },
    '& .grid': { stroke: palette.divider },
    '& text': { fill: palette.text.secondary },
    '& .cursor': { stroke: palette.text.disabled },
    '& .bound': { stroke: palette.state.warn.main, strokeDasharray: '2 3' },
    '& .bound-label': { fill: palette.state.warn.main },
    '& .marked': { fill: palette.action.selected },
    '& .line': { fill: 'none', strokeWidth: 1.6, strokeLinejoin: 'round', strokeLinecap: 'round' },
    '& .line.dashed': { strokeDasharray: '3 4', opacity: 0.85 },
    '& .dot': { stroke: palette.background.paper, strokeWidth: 1.5 },
    ...Object.fromEntries(
      tones.map((tone) => [`& .line.${tone}`, { stroke: palette.series[tone] }]),
    ),
    ...Object.fromEntries(tones.map((tone) => [`& .dot.${tone}`, { fill: palette.series[tone] }])),
  };
};

export function ChartDrawing(props: ChartDrawingProps) {
  const { lines, from, to, format, width, height, label, at, bound, onPoint, onStep } = props;
  const most = Math.max(bound?.value ?? 0, ...lines.map((line) => largest(line.points)));
  const ticks = props.binary === true ? byteTicks(most) : valueTicks(most);
  const labels = ticks.map(format);
  const left = Math.max(36, ...labels.map(({ length }) => 14 + length * character));
  const x = linear(from, to, left, width - margin.right);
  const y = linear(0, ticks.at(-1)!, height - margin.bottom, margin.top);
  const pointer = usePointer(props, left);

  function steer(event: KeyboardEvent): void {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    onStep(by);
  }

  return (
    <Box
      component="svg"
      role="img"
      aria-label={label}
      tabIndex={0}
      width={width}
      height={height}
      viewBox={`0 0 ${String(width)} ${String(height)}`}
      onKeyDown={steer}
      onBlur={() => {
        onPoint(null);
      }}
      {...pointer.handlers}
      sx={styles}
    >
      {ticks.map((tick, place) => (
        <g key={tick}>
          <line className="grid" x1={left} x2={width - margin.right} y1={y(tick)} y2={y(tick)} />
          <text x={left - 8} y={y(tick) + 4} textAnchor="end">
            {labels[place]}
          </text>
        </g>
      ))}
      <TimeAxis left={left} from={from} to={to} width={width} height={height} x={x} />
      {pointer.marked !== null && (
        <rect
          className="marked"
          x={Math.min(...pointer.marked)}
          width={Math.abs(pointer.marked[1] - pointer.marked[0])}
          y={margin.top}
          height={height - margin.top - margin.bottom}
        />
      )}
      {bound !== undefined && (
        <Bound {...bound} left={left} right={width - margin.right} y={y(bound.value)} />
      )}
      {lines.map(({ name, tone, points, earlierOf }) => (
        <path
          key={name}
          className={`line ${tone} ${earlierOf === undefined ? '' : 'dashed'}`}
          d={linePath(within(points, from, to), x, y)}
        />
      ))}
      {at !== null && <Cursor lines={lines} at={at} height={height} x={x} y={y} />}
    </Box>
  );
}

const within = (points: readonly Point[], from: number, to: number): Point[] =>
  points.filter(([at]) => at >= from && at <= to);

interface BoundProps {
  label: string;
  left: number;
  right: number;
  y: number;
}

function Bound({ label, left, right, y }: BoundProps) {
  return (
    <g>
      <line className="bound" x1={left} x2={right} y1={y} y2={y} />
      <text className="bound-label" x={right} y={y - 4} textAnchor="end">
        {label}
      </text>
    </g>
  );
}

interface CursorProps {
  lines: LineChartProps['lines'];
  at: number;
  height: number;
  x: (at: number) => number;
  y: (value: number) => number;
}

/** The moment that is read, with the point of each line. */
function Cursor({ lines, at, height, x, y }: CursorProps) {
  return (
    <g>
      <line className="cursor" x1={x(at)} x2={x(at)} y1={margin.top} y2={height - margin.bottom} />
      {lines.map(({ name, tone, points }) => {
        const point = points[nearest(points, at)];
        if (point?.[1] == null) return null;
        return (
          <circle key={name} className={`dot ${tone}`} cx={x(point[0])} cy={y(point[1])} r={3.5} />
        );
      })}
    </g>
  );
}

interface TimeAxisProps {
  left: number;
  from: number;
  to: number;
  width: number;
  height: number;
  x: (at: number) => number;
}

function TimeAxis({ left, from, to, width, height, x }: TimeAxisProps) {
  const wide = to - from > 86_400_000 ? 96 : 64;
  return timeTicks(from, to, Math.floor(width / wide)).map((tick) => (
    <text
      key={tick}
      x={Math.min(Math.max(x(tick), left + 12), width - margin.right - 16)}
      y={height - 5}
      textAnchor="middle"
    >
      {timeLabel(tick, to - from)}
    </text>
  ));
}

/** Reads the moment under the pointer, and the stretch that is marked by dragging it. */
function usePointer(props: ChartDrawingProps, left: number) {
  const { from, to, width, lines, onPoint, onSelect } = props;
  const [marked, setMarked] = useState<readonly [number, number] | null>(null);
  const at = linear(left, width - margin.right, from, to);
  const placeOf = (event: PointerEvent<SVGSVGElement>): number => {
    const place = event.clientX - event.currentTarget.getBoundingClientRect().left;
    return Math.min(Math.max(place, left), width - margin.right);
  };
  return {
    marked,
    handlers: {
      onPointerDown: (event: PointerEvent<SVGSVGElement>) => {
        if (onSelect === undefined || event.pointerType !== 'mouse') return;
        event.currentTarget.setPointerCapture(event.pointerId);
        setMarked([placeOf(event), placeOf(event)]);
      },
      onPointerMove: (event: PointerEvent<SVGSVGElement>) => {
        const place = placeOf(event);
        const moments = lines.find(({ points }) => points.length > 0)?.points ?? [];
        onPoint(moments[nearest(moments, at(place))]?.[0] ?? null);
        if (marked !== null) setMarked([marked[0], place]);
      },
      onPointerUp: () => {
        if (marked === null) return;
        const [first, last] = [Math.min(...marked), Math.max(...marked)];
        setMarked(null);
        if (last - first >= shortest) onSelect?.(at(first), at(last));
      },
      onPointerLeave: () => {
        onPoint(null);
      },
    },
  };
}
