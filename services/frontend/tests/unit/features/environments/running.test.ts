// What runs where.
import { expect, it } from 'vitest';
import { running } from '@/features/environments/running';
import { environment } from '../../../made';

it('marks a service whose releases differ', () => {
  const versions = (...found: (string | null)[]) =>
    running(found.map((version, place) => environment(String(place), version)));
  expect(versions('1.4.0', '1.5.0')[0]?.differs).toBe(true);
  expect(versions('1.5.0', '1.5.0')[0]?.differs).toBe(false);
});

it('leaves a cell empty where a service never was', () => {
  const bare = { name: 'prod', approvals: 1, services: [] };
  const [row] = running([environment('dev', '1.5.0'), bare]);
  expect(row?.cells.map(({ release }) => release?.version ?? null)).toEqual(['1.5.0', null]);
});

it('says what is on its way', () => {
  const dev = environment('dev', null);
  const [service] = dev.services;
  Object.assign(service!, { coming: 'd9', coming_state: 'applying' });
  expect(running([dev])[0]?.cells[0]?.coming).toEqual({ deployment: 'd9', state: 'applying' });
});
