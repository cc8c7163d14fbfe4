// A filter survives the address and becomes what the API takes.
import { expect, it } from 'vitest';
import { filterOf, nothingAsked, queryOf, searchOf } from '@/features/audit/filter';

it('comes back from the address as it went in', () => {
  const filter = { ...nothingAsked, text: 'backend', outcome: 'refused' as const };
  expect(filterOf(searchOf(filter))).toEqual(filter);
});

it('leaves out what makes no sense in an address', () => {
  const search = new URLSearchParams({ outcome: 'maybe', from: 'yesterday' });
  expect(filterOf(search)).toEqual(nothingAsked);
});

it('counts the whole last day', () => {
  const { from, to } = queryOf({ ...nothingAsked, from: '2026-11-22', to: '2026-11-22' });
  expect(Date.parse(to!) - Date.parse(from!)).toBe(86_400_000);
});

it('asks nothing of the API for an empty filter', () => {
  expect(queryOf({ ...nothingAsked, text: '  ' })).toEqual({});
});
