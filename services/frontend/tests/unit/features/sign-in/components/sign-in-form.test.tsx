// The form: what is sent, and what is said when it fails.
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';
import { SignInForm } from '@/features/sign-in/components/sign-in-form';
import { session } from '@/lib/client';
import { ProblemError } from '@/lib/problem';
import { show } from '../../../../render';

async function fill(): Promise<void> {
  await userEvent.type(screen.getByLabelText('Email'), 'ada@groundplan.example');
  await userEvent.type(screen.getByLabelText('Password'), ' has spaces ');
  await userEvent.click(screen.getByRole('button', { name: 'Sign in' }));
}

it('sends the password exactly as it was typed', async () => {
  const signIn = vi.spyOn(session, 'signIn').mockResolvedValue(null);
  show(<SignInForm onDue={vi.fn()} />);
  await fill();
  expect(signIn).toHaveBeenCalledWith('ada@groundplan.example', ' has spaces ');
});

it('says why it failed and can be sent again', async () => {
  const wrong = new ProblemError('invalid_credentials', 'No.', 401);
  vi.spyOn(session, 'signIn').mockRejectedValue(wrong);
  show(<SignInForm onDue={vi.fn()} />);
  await fill();
  expect((await screen.findByRole('alert')).textContent).toContain('is wrong');
  expect(screen.getByRole('button', { name: 'Sign in' }).hasAttribute('disabled')).toBe(false);
});

it('hands on what is still due after the password', async () => {
  const mfa = { challenge: 'c', methods: ['totp' as const], enrol: false };
  vi.spyOn(session, 'signIn').mockResolvedValue(mfa);
  const due = vi.fn();
  show(<SignInForm onDue={due} />);
  await fill();
  expect(due).toHaveBeenCalledWith(mfa, 'ada@groundplan.example');
});
