// Grouping keeps the order in which things came.
import { expect, it } from 'vitest';
import { groupBy } from '@/lib/grouping';

it('puts together what has the same key, first come first', () => {
  const groups = groupBy(['beta', 'alpha', 'bravo'], (word) => word.charAt(0));
  expect([...groups]).toEqual([
    ['b', ['beta', 'bravo']],
    ['a', ['alpha']],
  ]);
});
