// A search for traces is kept by its address, and asks only for what makes sense.
import { expect, it } from 'vitest';
import { everyTrace, filterOf, queryOf, searchOf } from '@/features/traces/filter';

it('comes back from an address', () => {
  const filter = {
    ...everyTrace,
    service: 'backend',
    status: 'error' as const,
    min: '250',
    attribute: 'http.route:/api/v1/users',
  };
  expect(filterOf(new URLSearchParams(searchOf(filter)))).toEqual(filter);
});

it('leaves out what an address cannot mean', () => {
  expect(filterOf(new URLSearchParams('status=maybe&min=long&max=-1'))).toEqual(everyTrace);
});

it('asks in milliseconds, and for an attribute once it has a value', () => {
  const asked = { ...everyTrace, min: '1.5', max: '20', attribute: 'http.route:' };
  expect(queryOf(asked)).toEqual({ min_ms: 1.5, max_ms: 20 });
  expect(queryOf({ ...everyTrace, attribute: 'a.b:c' })).toEqual({ attribute: 'a.b:c' });
});
