// Where a release runs.
import { expect, it } from 'vitest';
import { placesOf } from '@/features/releases/placement';
import { environment } from '../../../made';

it('names the environments in which it is live, and no other', () => {
  const environments = [environment('dev', '1.5.0'), environment('prod', '1.4.0')];
  expect(placesOf('backend 1.5.0', environments).map((place) => place.environment)).toEqual([
    'dev',
  ]);
  expect(placesOf('backend 9', environments)).toEqual([]);
});
