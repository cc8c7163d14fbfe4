// Environments side by side.
import { expect, it } from 'vitest';
import { compare } from '@/features/environments/comparison';

it('marks what differs and shows a dash for what one lacks', () => {
  const found = compare([
    {
      name: 'local',
      approvals: null,
      replicas: { a: { min: 2, max: 2 } },
      database: { version: '15', multiZone: false },
    },
    {
      name: 'prod',
      approvals: 1,
      replicas: { a: { min: 3, max: 9 }, b: { min: 1, max: 1 } },
      database: { version: '15', multiZone: true },
    },
  ]);
  expect(found.environments).toEqual(['local', 'prod']);
  expect(found.replicas).toEqual([
    { name: 'a', cells: ['2', '3 to 9'], differs: true },
    { name: 'b', cells: ['–', '1'], differs: true },
  ]);
  expect(found.database).toEqual([
    { name: 'Version', cells: ['15', '15'], differs: false },
    { name: 'Multi zone', cells: ['no', 'yes'], differs: true },
  ]);
});
