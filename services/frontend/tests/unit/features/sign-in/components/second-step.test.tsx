// The second step: a code, what is said when it is wrong, and when the challenge is over.
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, it, vi } from 'vitest';
import SecondStep from '@/features/sign-in/components/second-step';
import { session } from '@/lib/client';
import { ProblemError } from '@/lib/problem';
import type { Mfa } from '@/lib/session';
import { show } from '../../../../render';

const mfa: Mfa = { challenge: 'c', methods: ['totp', 'recovery'], enrol: false };
const step = (onLeave = vi.fn()) => <SecondStep mfa={mfa} email="a@b.example" onLeave={onLeave} />;

async function send(code: string): Promise<void> {
  await userEvent.type(screen.getByLabelText('Code'), code);
  await userEvent.click(screen.getByRole('button', { name: 'Continue' }));
}

afterEach(() => {
  vi.restoreAllMocks();
});

it('sends the digits with the challenge', async () => {
  const answer = vi.spyOn(session, 'answer').mockResolvedValue();
  show(step());
  await send('123 456');
  expect(answer).toHaveBeenCalledWith('totp', { challenge: 'c', code: '123456' });
});

it('says that a code was wrong and lets it be typed again', async () => {
  const wrong = new ProblemError('invalid_proof', 'no', 403);
  vi.spyOn(session, 'answer').mockRejectedValue(wrong);
  show(step());
  await send('123456');
  expect((await screen.findByRole('alert')).textContent).toContain('not right');
});

it('goes back to the password when the challenge is over', async () => {
  const over = new ProblemError('challenge_ended', 'no', 409);
  vi.spyOn(session, 'answer').mockRejectedValue(over);
  const leave = vi.fn();
  show(step(leave));
  await send('123456');
  await vi.waitFor(() => {
    expect(leave).toHaveBeenCalledWith(true);
  });
});

it('takes a recovery code instead', async () => {
  const answer = vi.spyOn(session, 'answer').mockResolvedValue();
  show(step());
  await userEvent.click(screen.getByRole('button', { name: 'Use a recovery code' }));
  await userEvent.type(screen.getByLabelText('Recovery code'), ' abcd-efgh ');
  await userEvent.click(screen.getByRole('button', { name: 'Continue' }));
  expect(answer).toHaveBeenCalledWith('recovery', { challenge: 'c', code: 'abcd-efgh' });
});
