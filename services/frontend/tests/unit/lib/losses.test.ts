// What is missing of signals is always said, and only of the signal that a page shows.
import { expect, it } from 'vitest';
import { lossesOf, type SignalState } from '@/lib/losses';

const state: SignalState = {
  at: '2026-01-01T00:00:00Z',
  signals: [],
  kept: [],
  drops: [
    { signal: 'traces', reason: 'queue full', count: 12 },
    { signal: 'logs', reason: 'too long', count: 0 },
  ],
  gaps: [
    {
      signal: 'logs',
      from: '2026-01-01T00:00:00Z',
      to: null,
      reason: 'the store is away',
      lost: 0,
    },
  ],
  silent: ['backend-2'],
};

const day = Date.parse('2026-01-01T00:00:00Z');
const within = [day - 3_600_000, day + 3_600_000] as const;

it('tells what was dropped, with the reason', () => {
  expect(lossesOf(state, 'traces', within)).toEqual([
    'Dropped since the store began: 12 (queue full).',
  ]);
});

it('tells of a gap that is still open, and of no drop where nothing was dropped', () => {
  const [gap, ...others] = lossesOf(state, 'logs', within);
  expect(gap).toMatch(/^Since .* some may be missing \(the store is away\)\.$/);
  expect(others).toEqual([]);
});

it('tells of gaps within the time that is shown only, and how much was lost', () => {
  const gap = {
    signal: 'all',
    from: '2026-01-01T00:00:00Z',
    to: '2026-01-01T00:01:00Z',
    reason: 'restart',
    lost: 5,
  };
  const after = [day + 120_000, day + 240_000] as const;
  const [told] = lossesOf({ ...state, drops: [], gaps: [gap] }, 'traces', within);
  expect(told).toMatch(/^Between .* 5 were lost \(restart\)\.$/);
  expect(lossesOf({ ...state, drops: [], gaps: [gap] }, 'traces', after)).toEqual([]);
});

it('names replicas that are silent where numbers are shown', () => {
  expect(lossesOf({ ...state, gaps: [] }, 'metrics', within)).toEqual([
    'Nothing is heard of backend-2.',
  ]);
});

it('says nothing where nothing is missing', () => {
  const whole = { ...state, drops: [], gaps: [], silent: [] };
  expect(lossesOf(whole, 'metrics', within)).toEqual([]);
});
