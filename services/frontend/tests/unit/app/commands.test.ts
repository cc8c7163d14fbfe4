// The palette finds what a person means by a few letters.
import { expect, it } from 'vitest';
import { commandsOf, matching } from '@/app/commands';

const labels = (typed: string, administrator = true): string[] =>
  matching(commandsOf(['backend', 'orders'], administrator), typed).map(({ label }) => label);

it('offers places, services and deeds to an empty search', () => {
  expect(labels('')).toEqual(expect.arrayContaining(['Overview', 'backend', 'Sign out']));
});

it('puts what begins with the letters first', () => {
  expect(labels('se')[0]).toBe('Services');
  expect(labels('ord')[0]).toBe('orders');
});

it('finds letters that stand apart, and nothing where one is missing', () => {
  expect(labels('bknd')).toContain('backend');
  expect(labels('xyzzy')).toEqual([]);
});

it('keeps from others what is for administrators', () => {
  expect(labels('users', false)).not.toContain('Users');
});
