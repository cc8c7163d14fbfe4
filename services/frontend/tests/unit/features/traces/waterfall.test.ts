// A trace as rows: nothing is lost, however odd its spans are.
import { expect, it } from 'vitest';
import {
  errorOf,
  microMoment,
  placeOf,
  shares,
  titleOf,
  visible,
  waterfallOf,
} from '@/features/traces/waterfall';
import { span, traceOf } from './made';

const shape = (trace: Parameters<typeof waterfallOf>[0]) =>
  waterfallOf(trace).rows.map(({ span: each, depth }) => `${String(depth)} ${each.span_id}`);

it('puts each span under the one that caused it, in the order in which they began', () => {
  const trace = traceOf(
    span('late', 'root', 6, 2),
    span('root', '', 0, 10),
    span('early', 'root', 1, 4),
    span('deep', 'early', 2, 1),
  );
  expect(shape(trace)).toEqual(['0 root', '1 early', '2 deep', '1 late']);
  expect(waterfallOf(trace).duration).toBe(10);
});

it('shows spans whose cause is not here, and says so', () => {
  const { rows } = waterfallOf(traceOf(span('a', 'elsewhere', 0, 5), span('b', 'a', 1, 2)));
  expect(rows.map(({ orphan }) => orphan)).toEqual([true, false]);
});

it('ends where spans name each other or themselves as causes', () => {
  expect(shape(traceOf(span('a', 'b', 0, 1), span('b', 'a', 1, 1)))).toEqual(['0 a', '1 b']);
  expect(shape(traceOf(span('a', 'a', 0, 1)))).toEqual(['0 a']);
});

it('counts as own what no child covers, and overlapping children once', () => {
  const { rows } = waterfallOf(
    traceOf(span('root', '', 0, 10), span('a', 'root', 1, 4), span('b', 'root', 3, 4)),
  );
  expect(rows[0]?.own).toBe(4);
});

it('adds up where the time went', () => {
  const { rows } = waterfallOf(
    traceOf(
      span('root', '', 0, 10, { service: 'gateway' }),
      span('a', 'root', 1, 7),
      span('b', 'root', 8, 1),
    ),
  );
  expect(shares(rows)).toEqual([
    { service: 'backend', own: 8 },
    { service: 'gateway', own: 2 },
  ]);
});

it('counts a moment once in which a service did several things', () => {
  const { rows } = waterfallOf(
    traceOf(span('root', '', 0, 10), span('a', 'root', 0, 8), span('b', 'root', 2, 8)),
  );
  expect(shares(rows)).toEqual([{ service: 'backend', own: 10 }]);
});

it('says where the time was spent: what a store was asked is the time of the store', () => {
  const asked = (system: string) =>
    placeOf(span('a', '', 0, 1, { kind: 'client', attributes: { 'db.system.name': system } }));
  expect([
    asked('postgresql'),
    asked('redis'),
    asked('mysql'),
    placeOf(span('a', '', 0, 1)),
  ]).toEqual(['database', 'cache', 'mysql', 'backend']);
});

it('names a request by its path where its name is a method only', () => {
  const attributes = { 'url.path': '/api/v1/users' };
  expect([
    titleOf(span('GET', '', 0, 1, { attributes })),
    titleOf(span('check GET', '', 0, 1, { attributes })),
    titleOf(span('GET', '', 0, 1)),
  ]).toEqual(['GET /api/v1/users', 'check GET', 'GET']);
});

it('folds what a span caused, and nothing beside it', () => {
  const { rows } = waterfallOf(
    traceOf(
      span('root', '', 0, 10),
      span('a', 'root', 1, 2),
      span('a1', 'a', 1, 1),
      span('b', 'root', 4, 2),
    ),
  );
  const shown = visible(rows, new Set(['a'])).map((row) => row.span.span_id);
  expect(shown).toEqual(['root', 'a', 'b']);
});

it('keeps microseconds, with and without a zone', () => {
  const whole = Date.parse('2026-01-01T00:00:00Z');
  expect(microMoment('2026-01-01T00:00:00.000250Z') - whole).toBeCloseTo(0.25, 3);
  expect(microMoment('2026-01-01T01:00:00.5+01:00') - whole).toBe(500);
  expect(microMoment('2026-01-01T00:00:00Z')).toBe(whole);
});

it('tells an error by what was thrown, else by its type or status', () => {
  const failed = { status: 'error' as const };
  const thrown = {
    time: '2026-01-01T00:00:00Z',
    name: 'exception',
    attributes: { 'exception.message': 'too late' },
  };
  expect([
    errorOf(span('a', '', 0, 1)),
    errorOf(span('a', '', 0, 1, { ...failed, events: [thrown] })),
    errorOf(span('a', '', 0, 1, { ...failed, attributes: { 'error.type': 'TimeoutError' } })),
    errorOf(span('a', '', 0, 1, { ...failed, attributes: { 'http.response.status_code': 503 } })),
    errorOf(span('a', '', 0, 1, failed)),
  ]).toEqual([null, 'too late', 'TimeoutError', '503', '']);
});
