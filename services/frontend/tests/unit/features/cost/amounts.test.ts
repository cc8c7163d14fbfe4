// Amounts of a bill as people read them.
import { expect, it } from 'vitest';
import { dollars, ends, parts, rounded, standing } from '@/features/cost/amounts';
import { estimate } from './made';

it('writes dollars with and without cents', () => {
  expect(dollars(1234.5)).toBe('1,234.50');
  expect(rounded(1234.5)).toBe('$1,235');
});

it('writes one number where the ends are one', () => {
  expect(ends({ low: 73, expected: 73, high: 73 })).toBe('$73');
  expect(ends({ low: 30, expected: 91, high: 1215 })).toBe('$30 to $1,215');
});

it('says whether the budget is enough', () => {
  expect(standing(estimate({ budget: 300, over_budget: 59 }))).toBe('$59 over the budget of $300');
  expect(standing(estimate({ budget: 300, over_budget: -1 }))).toBe('$1 under the budget of $300');
});

it('puts lines below their component, the dearest first', () => {
  const found = parts(estimate());
  expect(found.map((part) => [part.component, part.lines.map((line) => line.name)])).toEqual([
    ['network', ['NAT gateways']],
    ['traffic', ['to the internet']],
  ]);
});
