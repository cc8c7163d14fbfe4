// The filter in the address.
import { expect, it } from 'vitest';
import { filterOf, searchOf } from '@/features/artifacts/filter';

it('comes back from the address as it went', () => {
  const filter = { q: 'plan', kind: 'plan' } as const;
  expect(filterOf(searchOf(filter))).toEqual(filter);
});

it('leaves out a kind that does not exist', () => {
  expect(filterOf(new URLSearchParams('kind=virus')).kind).toBe('');
});
