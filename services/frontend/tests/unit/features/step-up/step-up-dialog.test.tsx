// The question for a fresh proof: asked with what the person has, ended by the right answer only.
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, it, vi } from 'vitest';
import StepUpDialog from '@/features/step-up/step-up-dialog';
import { json } from '../../../made';
import { show } from '../../../render';

function answer(methods: string[], proof: () => Response) {
  const sent: unknown[] = [];
  vi.stubGlobal('fetch', async (request: Request) => {
    if (request.url.endsWith('/challenge')) return json({ methods, challenge: 'c' });
    sent.push(await request.json());
    return proof();
  });
  return sent;
}

afterEach(() => {
  vi.unstubAllGlobals();
});

it('ends when the password was right', async () => {
  const sent = answer(['password'], () => json({ verified_at: 'x', until: 'y' }));
  const end = vi.fn();
  show(<StepUpDialog onEnd={end} />);
  await userEvent.type(await screen.findByLabelText('Your password'), 'secret words');
  await userEvent.click(screen.getByRole('button', { name: 'Confirm' }));
  await vi.waitFor(() => {
    expect(end).toHaveBeenCalledWith(true);
  });
  expect(sent).toEqual([{ method: 'password', password: 'secret words' }]);
});

it('stays open and says so when the code was wrong', async () => {
  answer(['totp'], () => json({ code: 'invalid_proof', detail: 'no' }, 403));
  const end = vi.fn();
  show(<StepUpDialog onEnd={end} />);
  await userEvent.type(await screen.findByLabelText('Code'), '12 34 56');
  await userEvent.click(screen.getByRole('button', { name: 'Confirm' }));
  expect((await screen.findByRole('alert')).textContent).toContain('not right');
  expect(end).not.toHaveBeenCalled();
});

it('is put away by Escape', async () => {
  answer(['totp'], () => json({}));
  const end = vi.fn();
  show(<StepUpDialog onEnd={end} />);
  await screen.findByLabelText('Code');
  await userEvent.keyboard('{Escape}');
  expect(end).toHaveBeenCalledWith(false);
});
