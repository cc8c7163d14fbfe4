// Why a sign-in failed, in words.
import { expect, it } from 'vitest';
import { refusalOf } from '@/features/sign-in/refusal';
import { ProblemError, unreachable } from '@/lib/problem';

it('says how long an account stays locked', () => {
  const locked = new ProblemError('account_locked', 'Locked.', 403, [], 1740);
  expect(refusalOf(locked)).toEqual({
    severity: 'warning',
    text: 'This account is locked after too many failed tries. Try again in 29m.',
  });
});

it('does not say which of the two was wrong', () => {
  const wrong = new ProblemError('invalid_credentials', 'No.', 401);
  expect(refusalOf(wrong).text).toBe('The email address or the password is wrong.');
});

it('does not blame the password for an outage', () => {
  const down = new ProblemError('dependency_unavailable', 'The database is away.', 503);
  expect(refusalOf(down).text).toContain('the database is away.');
  expect(refusalOf(unreachable()).severity).toBe('warning');
});

it('says when to come back after too many tries', () => {
  expect(refusalOf(new ProblemError('rate_limited', 'Slow.', 429, [], 30)).text).toContain('30s');
});
