// What was measured as lines: named by what tells them apart, gaps kept, compared with before.
import { expect, it } from 'vitest';
import {
  addressOf,
  comparisonOf,
  formatOf,
  hiddenOf,
  linesOf,
  nameOf,
  shiftOf,
  type Chart,
  type Series,
} from '@/features/metrics/charts';
import { named } from '@/features/metrics/words';

const chart: Chart = {
  name: 'latency',
  group: 'requests',
  of: 'service',
  unit: 'ms',
  by: ['quantile'],
};
const series: Series = {
  from: '2026-01-01T00:00:00Z',
  to: '2026-01-01T00:00:20Z',
  step: 10,
  unit: 'ms',
  times: [100, 110, 120],
  lines: [{ labels: { quantile: 'p95' }, values: [1, null, 3] }],
  omitted: 0,
};

it('keeps gaps, and moments in milliseconds', () => {
  const [line] = linesOf(series, chart);
  expect(line).toEqual({
    name: 'p95',
    tone: 'blue',
    points: [
      [100_000, 1],
      [110_000, null],
      [120_000, 3],
    ],
  });
});

it('lays an earlier time under the one that is shown', () => {
  const [line] = linesOf(series, chart, 50_000);
  expect([line?.name, line?.earlierOf, line?.points[0]]).toEqual([
    'p95, earlier',
    'p95',
    [150_000, 1],
  ]);
});

it('names a line by the labels that tell it apart, and a lone one by what it is', () => {
  expect([
    nameOf({ method: 'GET', route: '/a', job: 'x' }, ['method', 'route']),
    nameOf({ job: 'x' }, ['route']),
    nameOf({}, []),
  ]).toEqual(['GET /a', 'x', 'all']);
});

it('draws as many lines as colours tell apart, the largest, and counts the others', () => {
  const lines = Array.from({ length: 11 }, (_, place) => ({
    labels: { quantile: `q${String(place)}` },
    values: [place, null, null],
  }));
  const many = { ...series, lines, omitted: 2 };
  expect(linesOf(many, chart).map(({ name }) => name)).toEqual([
    'q3',
    'q4',
    'q5',
    'q6',
    'q7',
    'q8',
    'q9',
    'q10',
  ]);
  expect([hiddenOf(many), hiddenOf(series)]).toEqual([5, 0]);
});

it('writes each unit as people do', () => {
  expect([
    formatOf('1/s')(2),
    formatOf('ratio')(0.5),
    formatOf('s')(1.5),
    formatOf('bytes/s')(2 ** 20),
    formatOf('count')(3),
  ]).toEqual(['2/s', '50 %', '1.5 s', '1 MiB/s', '3']);
});

it('compares with the time before or with the same time a day earlier', () => {
  expect([shiftOf('', 0, 60), shiftOf('before', 40, 100), shiftOf('day', 0, 1)]).toEqual([
    0, 60, 86_400_000,
  ]);
  expect([comparisonOf('day'), comparisonOf('year'), comparisonOf(null)]).toEqual(['day', '', '']);
});

it('keeps range and comparison in the address', () => {
  expect(addressOf({ length: '6h' }, 'before')).toEqual({ range: '6h', compare: 'before' });
  expect(addressOf({ length: '1h' }, '')).toEqual({});
});

it('knows the charts by name, and shows a new one by its own', () => {
  expect([named('chart', 'latency'), named('group', 'queue-depth')]).toEqual([
    'Durations',
    'queue depth',
  ]);
});
