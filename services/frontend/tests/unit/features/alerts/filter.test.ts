// Which incidents are shown is kept by the address.
import { expect, it } from 'vitest';
import { everyIncident, filterOf, queryOf, searchOf } from '@/features/alerts/filter';

it('comes back from an address', () => {
  const filter = { state: 'unresolved', severity: 'page', service: 'gateway' } as const;
  expect(filterOf(new URLSearchParams(searchOf(filter)))).toEqual(filter);
  expect(queryOf(filter)).toEqual(filter);
});

it('leaves out what does not exist', () => {
  const filter = filterOf(new URLSearchParams('state=lost&severity=high'));
  expect(filter).toEqual(everyIncident);
  expect(queryOf(filter)).toEqual({});
});
