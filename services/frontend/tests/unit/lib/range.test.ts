// A stretch of time in an address shows the same to whoever opens it.
import { expect, it } from 'vitest';
import {
  around,
  endsOf,
  queryOfRange,
  rangeOf,
  refreshOf,
  searchOfRange,
  usual,
  type Range,
} from '@/lib/range';

const now = Date.parse('2026-01-01T12:00:00Z');
const fixed: Range = { from: '2026-01-01T00:00:00.000Z', to: '2026-01-01T01:00:00.000Z' };

it.each([usual, { length: '3d' }, fixed] satisfies Range[])(
  'comes back from an address: %o',
  (range) => {
    expect(rangeOf(new URLSearchParams(searchOfRange(range)))).toEqual(range);
  },
);

it('takes the usual time where an address makes no sense', () => {
  const senseless = ['range=forever', `from=${fixed.to}&to=${fixed.from}`, 'from=then&to=now'];
  expect(senseless.map((search) => rangeOf(new URLSearchParams(search)))).toEqual([
    usual,
    usual,
    usual,
  ]);
});

it('moves with the clock, unless both ends stand', () => {
  expect(endsOf({ length: '15m' }, now)).toEqual([now - 900_000, now]);
  expect(queryOfRange(fixed, now)).toEqual(fixed);
  expect([refreshOf({ length: '1h' }), refreshOf(fixed)]).toEqual([5_000, false]);
});

it('finds what was just before and after a moment', () => {
  expect(around('2026-01-01T00:10:00Z', 60, 30)).toEqual({
    from: '2026-01-01T00:09:00.000Z',
    to: '2026-01-01T00:10:30.000Z',
  });
});
