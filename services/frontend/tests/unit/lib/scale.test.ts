// Axes have round numbers, and lines do not hide what was not measured.
import { expect, it } from 'vitest';
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

const points: Point[] = [
  [0, 1],
  [10, 4],
  [20, null],
  [30, 2],
];
const same = (value: number): number => value;

it.each([
  [9, [0, 5, 10]],
  [0.012, [0, 0.005, 0.01, 0.015]],
  [30, [0, 10, 20, 30]],
  [0, [0, 1]],
  [Number.NaN, [0, 1]],
])('counts up to %d in round steps', (most, ticks) => {
  expect(valueTicks(most)).toEqual(ticks);
});

it('counts bytes in powers of two', () => {
  expect(byteTicks(140 * 2 ** 20)).toEqual([0, 50, 100, 150].map((mebi) => mebi * 2 ** 20));
  expect(byteTicks(0)).toEqual([0, 1]);
});

it('marks the time where a clock does, and never too often', () => {
  const from = new Date(2026, 0, 1, 12, 3).getTime();
  const ticks = timeTicks(from, from + 3_600_000, 5);
  expect(ticks.map((tick) => timeLabel(tick, 3_600_000))).toEqual([
    '12:15',
    '12:30',
    '12:45',
    '13:00',
  ]);
});

it('writes seconds in short ranges and days in long ones', () => {
  const at = new Date(2026, 0, 2, 3, 4, 5).getTime();
  expect([60_000, 3_600_000, 3 * 86_400_000].map((range) => timeLabel(at, range))).toEqual([
    '03:04:05',
    '03:04',
    '01-02 03:04',
  ]);
});

it('maps one stretch to another, and a point to its start', () => {
  expect(linear(0, 10, 100, 200)(5)).toBe(150);
  expect(linear(3, 3, 100, 200)(3)).toBe(100);
});

it('ends a line where nothing was measured, and shows a lone point', () => {
  expect(linePath(points, same, same)).toBe('M0 1L10 4M30 2h0.01');
});

it('finds the largest value and the nearest moment', () => {
  expect([largest(points), largest([])]).toEqual([4, 0]);
  expect([nearest(points, 13), nearest(points, 99), nearest([], 1)]).toEqual([1, 3, -1]);
});
