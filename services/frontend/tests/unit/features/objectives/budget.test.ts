// Budgets in words that people act on.
import { expect, it } from 'vitest';
import {
  allowance,
  burnHealth,
  exhaustion,
  factorOf,
  objectiveMark,
  pace,
  seen,
  share,
  type Objective,
} from '@/features/objectives/budget';

const objective = (more: Partial<Objective> = {}): Objective => ({
  name: 'api-availability',
  service: 'gateway',
  description: '',
  target: 0.999,
  period_days: 30,
  seen_days: 30,
  achieved: 0.9995,
  budget_left: 0.5,
  burn_rates: [],
  exhausted_in_seconds: null,
  state: 'met',
  ...more,
});

it('says how much of the period was measured', () => {
  expect(seen(objective())).toBe('30 of 30 days');
  expect(seen(objective({ seen_days: 2.96 }))).toBe('2.9 of 30 days');
  expect(seen(objective({ seen_days: null }))).toBe('–');
});

it('says what the promise allows, as minutes of an outage', () => {
  expect(Math.round(allowance(objective()) * 10) / 10).toBe(43.2);
});

it.each([
  [null, 'it is not being used up'],
  [0, 'it is used up'],
  [20, '1 minute'],
  [7_200, '2 hours'],
  [440_000, '5 days'],
])('says when nothing is left: %s', (seconds, words) => {
  expect(exhaustion(objective({ exhausted_in_seconds: seconds }))).toBe(words);
});

it('alarms above the factor of a window, and warns above the sustainable pace', () => {
  const health = (window: string, rate: number | null) => burnHealth({ window, rate });
  expect([
    health('1h', 15),
    health('1h', 2),
    health('3d', 1.1),
    health('6h', 0.9),
    health('5m', null),
  ]).toEqual(['bad', 'warn', 'bad', 'good', 'idle']);
  expect([factorOf('1h'), factorOf('6h'), factorOf('2w')]).toEqual([14.4, 6, null]);
});

it('writes shares and paces as they were promised', () => {
  expect([share(0.999), share(0.9995), share(0.412, 1)]).toEqual(['99.9 %', '99.95 %', '41.2 %']);
  expect([pace(14.4), pace(null)]).toEqual(['14.4×', '–']);
});

it('marks an objective by its state', () => {
  expect(objectiveMark(objective({ state: 'exhausted' }))).toEqual({
    health: 'bad',
    label: 'used up',
  });
});
