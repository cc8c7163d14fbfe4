// Text into lines.
import { expect, it } from 'vitest';
import { wrap } from '@/features/topology/wrap';

it('breaks between words and cuts what does not fit', () => {
  expect(wrap('asked by the gateway for every request', 14)).toEqual([
    'asked by the',
    'gateway for e…',
  ]);
});

it('leaves short text alone', () => {
  expect(wrap('PostgreSQL 15', 20)).toEqual(['PostgreSQL 15']);
  expect(wrap('', 20)).toEqual([]);
});

it('breaks a word that is longer than a line', () => {
  expect(wrap('abcdefghij', 5)).toEqual(['abcde', 'fghij']);
});
