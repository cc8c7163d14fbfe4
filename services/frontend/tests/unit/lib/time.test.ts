// Moments and spans in words.
import { expect, it } from 'vitest';
import { ago, clock, moment, span } from '@/lib/time';

it.each([
  [0, '0s'],
  [59, '59s'],
  [60, '1m'],
  [3599, '59m'],
  [7200, '2h'],
  [200_000, '2d'],
])('says %d seconds as %s', (seconds, words) => {
  expect(span(seconds)).toBe(words);
});

it('tells an age, and never a negative one', () => {
  const now = Date.parse('2026-01-01T00:10:00Z');
  expect(ago('2026-01-01T00:06:00Z', now)).toBe('4m ago');
  expect(ago('2026-01-01T00:10:03Z', now)).toBe('just now');
});

it('shows a dash for what is no moment', () => {
  expect([ago('soon', 0), moment('soon')]).toEqual(['–', '–']);
});

it('shows the time of the day to the millisecond', () => {
  expect(clock(new Date(2026, 0, 1, 3, 4, 5, 60).toISOString())).toBe('03:04:05.060');
  expect(clock('soon')).toBe('–');
});
