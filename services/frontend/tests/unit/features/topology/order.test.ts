// The order of services inside a tier.
import { expect, it } from 'vitest';
import { columns } from '@/features/topology/order';
import { service } from '../../../made';

const names = (services: { name: string }[]): string[] => services.map(({ name }) => name);

it('puts callers before what they call', () => {
  const members = [service('gateway'), service('frontend')];
  const arrows = [{ source: 'frontend', target: 'gateway' }];
  expect(names(columns(members, arrows, []))).toEqual(['frontend', 'gateway']);
});

it('puts a service under its callers', () => {
  const above = [
    { service: service('left'), x: 0, width: 100 },
    { service: service('right'), x: 300, width: 100 },
  ];
  const arrows = [
    { source: 'right', target: 'a' },
    { source: 'left', target: 'b' },
  ];
  expect(names(columns([service('a'), service('b'), service('c')], arrows, above))).toEqual([
    'b',
    'a',
    'c',
  ]);
});

it('ends even where calls make a circle', () => {
  const arrows = [
    { source: 'a', target: 'b' },
    { source: 'b', target: 'a' },
  ];
  expect(names(columns([service('a'), service('b')], arrows, []))).toHaveLength(2);
});
