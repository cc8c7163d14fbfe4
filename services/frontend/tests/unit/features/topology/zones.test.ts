// Replicas by availability zone.
import { expect, it } from 'vitest';
import { zoneLetter, zonesOf } from '@/features/topology/zones';
import { componentHealth } from '@/lib/health';
import { replica, service, stateOf } from '../../../made';

const zones = ['us-east-1a', 'us-east-1b', 'us-east-1c'];
const live = (count: number) =>
  componentHealth(
    'a',
    stateOf(...Array.from({ length: count }, (_, index) => replica('a', index + 1, 'ready'))),
  );

it('spreads replicas evenly: ten make 4, 3 and 3', () => {
  const counts = zonesOf(service('a'), live(10), zones).map((zone) => zone.pips.length);
  expect(counts).toEqual([4, 3, 3]);
});

it('shows what is declared where nothing runs', () => {
  const shown = zonesOf(service('a'), live(0), zones).flatMap((zone) => zone.pips);
  expect(shown.map((pip) => pip.health)).toEqual([null, null]);
});

it('names a zone by its letter', () => {
  expect([zoneLetter('us-east-1b'), zoneLetter('rack 7')]).toEqual(['b', 'rack 7']);
});
