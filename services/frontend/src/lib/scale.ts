// The arithmetic of charts: round values for an axis, moments for the other, lines as SVG paths.

/** A moment in milliseconds and what was measured; null where nothing was. */
export type Point = readonly [at: number, value: number | null];

const steps = [1, 2, 2.5, 5, 10];

/** Round values from zero to at least `most`, about `count` of them; round in powers of two. */
export function byteTicks(most: number, count = 3): number[] {
  const unit = most > 0 ? 1024 ** Math.floor(Math.log2(most) / 10) : 1;
  return valueTicks(most / unit, count).map((tick) => tick * unit);
}

/** Round values from zero to at least `most`, about `count` of them. */
export function valueTicks(most: number, count = 3): number[] {
  if (!(most > 0)) return [0, 1];
  const rough = most / count;
  const magnitude = 10 ** Math.floor(Math.log10(rough));
  const step = magnitude * (steps.find((each) => each * magnitude >= rough * 0.999) ?? 10);
  const ticks = Math.ceil(most / step - 1e-9);
  return Array.from({ length: ticks + 1 }, (_, place) => Number((place * step).toPrecision(12)));
}

const minute = 60_000;
const spans = [
  1_000,
  5_000,
  15_000,
  30_000,
  minute,
  5 * minute,
  15 * minute,
  30 * minute,
  60 * minute,
  180 * minute,
  360 * minute,
  720 * minute,
  1_440 * minute,
];

/** Moments on the clock's own marks between two others, at most `count`. */
export function timeTicks(from: number, to: number, count: number): number[] {
  const step = spans.find((each) => (to - from) / each <= Math.max(1, count)) ?? spans.at(-1)!;
  const shift = new Date(from).getTimezoneOffset() * minute;
  const first = Math.ceil((from - shift) / step) * step + shift;
  const ticks: number[] = [];
  for (let at = first; at <= to; at += step) ticks.push(at);
  return ticks;
}

/** A moment as an axis writes it: with the day where a range is longer than one. */
export function timeLabel(at: number, range: number): string {
  const date = new Date(at);
  const two = (value: number): string => String(value).padStart(2, '0');
  const clock = `${two(date.getHours())}:${two(date.getMinutes())}`;
  if (range <= 5 * minute) return `${clock}:${two(date.getSeconds())}`;
  if (range <= 1_440 * minute) return clock;
  return `${two(date.getMonth() + 1)}-${two(date.getDate())} ${clock}`;
}

/** A function from one stretch to another. */
export function linear(from: number, to: number, start: number, end: number) {
  const factor = to === from ? 0 : (end - start) / (to - from);
  return (value: number): number => start + (value - from) * factor;
}

const round = (value: number): string => String(Math.round(value * 10) / 10);

/** The line through points; it ends where nothing was measured and begins anew after that. */
export function linePath(
  points: readonly Point[],
  x: (at: number) => number,
  y: (value: number) => number,
): string {
  let path = '';
  let isDown = false;
  points.forEach(([at, value], place) => {
    if (value === null) {
      isDown = false;
      return;
    }
    const isAlone = !isDown && (points[place + 1]?.[1] ?? null) === null;
    path += `${isDown ? 'L' : 'M'}${round(x(at))} ${round(y(value))}`;
    // A point without neighbours would have no length, and nobody would see it.
    if (isAlone) path += 'h0.01';
    isDown = true;
  });
  return path;
}

/** The largest of all values; zero where there is none. */
export const largest = (points: readonly Point[]): number =>
  points.reduce((most, [, value]) => Math.max(most, value ?? 0), 0);

/** The place of the point nearest to a moment; -1 where there is none. */
export function nearest(points: readonly Point[], at: number): number {
  let found = -1;
  points.forEach(([moment], place) => {
    if (found < 0 || Math.abs(moment - at) < Math.abs(points[found]![0] - at)) found = place;
  });
  return found;
}
