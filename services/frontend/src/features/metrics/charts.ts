// What the API measured, as lines that can be drawn: named, coloured, compared with before.
import type { Line } from '@/components/line-chart';
import { figure, fileSize, milliseconds, percent, perSecond } from '@/lib/quantity';
import { searchOfRange, type Range } from '@/lib/range';
import type { components } from '@/lib/schema';
import { tones, type Tone } from '@/theme/series';
import { t } from './words';

type Schemas = components['schemas'];
export type Chart = Schemas['Chart'];
export type Series = Schemas['Series'];
export type Unit = Chart['unit'];

const formats: Record<Unit, (value: number) => string> = {
  '1/s': perSecond,
  ratio: percent,
  ms: milliseconds,
  s: (value) => milliseconds(value * 1000),
  bytes: (value) => fileSize(Math.round(value)),
  'bytes/s': (value) => `${fileSize(Math.round(value))}/s`,
  count: figure,
};

/** How values of a unit are written. */
export const formatOf = (unit: Unit): ((value: number) => string) => formats[unit];

/** Lines that can be told apart by colour; more are a table's matter. */
const mostLines = tones.length;

/** The same quantile has the same colour wherever only quantiles are shown. */
const fixed: Record<string, Tone> = { p50: 'teal', p95: 'blue', p99: 'violet' };

/** What a chart's line is called: the values of the labels that tell it apart. */
export function nameOf(labels: Readonly<Record<string, string>>, by: readonly string[]): string {
  const own = by.map((label) => labels[label] ?? '').filter((value) => value !== '');
  const values = own.length > 0 ? own : Object.values(labels).filter((value) => value !== '');
  return values.length === 0 ? t('total') : values.join(' ');
}

/** The lines of what was measured; `shift` moves an earlier time under the one that is shown. */
export function linesOf({ times, lines }: Series, chart: Chart, shift = 0): Line[] {
  return largestOf(lines).map(({ labels, values }, place) => {
    const name = nameOf(labels, chart.by);
    const points = times.map((at, each) => [at * 1000 + shift, values[each] ?? null] as const);
    const own = chart.by.length === 1 ? fixed[labels.quantile ?? ''] : undefined;
    const tone = own ?? tones[place % tones.length]!;
    return shift === 0
      ? { name, tone, points }
      : { name: t('before', { name }), tone, points, earlierOf: name };
  });
}

type Measured = Series['lines'];

/** The lines with the largest values, in an order that stays: that of their names. */
function largestOf(lines: Measured): Measured {
  const most = ({ values }: Measured[number]): number =>
    values.reduce<number>((largest, value) => Math.max(largest, value ?? 0), 0);
  if (lines.length <= mostLines) return lines;
  const kept = new Set(
    [...lines].sort((one, other) => most(other) - most(one)).slice(0, mostLines),
  );
  return lines.filter((line) => kept.has(line));
}

/** Lines that are not shown: left out by the API, or too small beside the others. */
export const hiddenOf = ({ lines, omitted }: Series): number =>
  omitted + Math.max(0, lines.length - mostLines);

/** What a time is compared with: nothing, what was just before, the same time a day earlier. */
export const comparisons = ['before', 'day'] as const;
export type Comparison = (typeof comparisons)[number] | '';

export const comparisonOf = (text: string | null): Comparison =>
  comparisons.find((known) => known === text) ?? '';

/** How far back a comparison lies, in milliseconds. */
export function shiftOf(comparison: Comparison, from: number, to: number): number {
  if (comparison === '') return 0;
  return comparison === 'day' ? 86_400_000 : to - from;
}

/** What the charts show, as an address keeps it. */
export const addressOf = (range: Range, comparison: Comparison): Record<string, string> => ({
  ...searchOfRange(range),
  ...(comparison === '' ? {} : { compare: comparison }),
});
