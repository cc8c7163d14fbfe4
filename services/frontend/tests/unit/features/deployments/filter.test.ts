// The filter in the address.
import { expect, it } from 'vitest';
import { filterOf, searchOf } from '@/features/deployments/filter';

it('comes back from the address as it went', () => {
  const filter = { environment: 'prod', service: 'backend', state: 'failed' } as const;
  expect(filterOf(searchOf(filter))).toEqual(filter);
});

it('leaves out a state that does not exist', () => {
  expect(filterOf(new URLSearchParams('state=lost')).state).toBe('');
});
