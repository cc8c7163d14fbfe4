// A forgotten password: the same answer for every address; a link that is over leads to another.
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, it, vi } from 'vitest';
import PasswordResetPage from '@/features/sign-in/password-reset-page';
import { json } from '../../../made';
import { show } from '../../../render';

const link = `/password-reset#${'a'.repeat(43)}`;

afterEach(() => {
  vi.unstubAllGlobals();
});

it('says that a mail is on its way, whoever asks', async () => {
  vi.stubGlobal('fetch', () => Promise.resolve(new Response(null, { status: 202 })));
  show(<PasswordResetPage />, '/password-reset');
  await userEvent.type(screen.getByLabelText('Email'), 'ada@groundplan.example');
  await userEvent.click(screen.getByRole('button', { name: 'Send the link' }));
  expect((await screen.findByRole('status')).textContent).toContain('ada@groundplan.example');
});

it('sends the token of the link with the new password', async () => {
  const sent: unknown[] = [];
  vi.stubGlobal('fetch', async (request: Request) => {
    sent.push(await request.json());
    return new Response(null, { status: 204 });
  });
  show(<PasswordResetPage />, link);
  await userEvent.type(screen.getByLabelText('New password'), 'long enough words');
  await userEvent.click(screen.getByRole('button', { name: 'Set the password' }));
  expect((await screen.findByRole('status')).textContent).toContain('is set');
  expect(sent).toEqual([{ token: 'a'.repeat(43), password: 'long enough words' }]);
});

it('offers another link when this one is over', async () => {
  vi.stubGlobal('fetch', () => Promise.resolve(json({ code: 'mail_link_ended' }, 410)));
  show(<PasswordResetPage />, link);
  await userEvent.type(screen.getByLabelText('New password'), 'long enough words');
  await userEvent.click(screen.getByRole('button', { name: 'Set the password' }));
  await userEvent.click(await screen.findByRole('button', { name: 'Ask for another' }));
  expect(screen.getByRole('button', { name: 'Send the link' })).toBeTruthy();
});

it('says at the field why a password is refused', async () => {
  const refused = { code: 'password_refused', detail: 'others would guess this password' };
  vi.stubGlobal('fetch', () => Promise.resolve(json(refused, 422)));
  show(<PasswordResetPage />, link);
  await userEvent.type(screen.getByLabelText('New password'), 'password12345678');
  await userEvent.click(screen.getByRole('button', { name: 'Set the password' }));
  expect(await screen.findByText('others would guess this password')).toBeTruthy();
});
