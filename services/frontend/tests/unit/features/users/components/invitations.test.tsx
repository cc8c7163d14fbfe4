// Invitations: only open ones can be withdrawn, and sending one again says that it was sent.
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, it, vi } from 'vitest';
import { Invitations } from '@/features/users/components/invitations';
import { json } from '../../../../made';
import { show } from '../../../../render';

const invitation = (name: string, state: string) => ({
  id: name,
  email: `${name}@groundplan.example`,
  role: 'viewer',
  state,
  invited_by: null,
  created_at: '2026-01-01T00:00:00Z',
  expires_at: '2026-01-04T00:00:00Z',
});

afterEach(() => {
  vi.unstubAllGlobals();
});

it('offers for each what its state allows', async () => {
  const items = [invitation('ada', 'open'), invitation('bob', 'accepted')];
  vi.stubGlobal('fetch', () => Promise.resolve(json({ items, next: null })));
  show(<Invitations />);
  expect(await screen.findByText('bob@groundplan.example')).toBeTruthy();
  expect(screen.getAllByRole('button').map((button) => button.textContent)).toEqual([
    'Send again',
    'Withdraw',
  ]);
});

it('says to whom a new link is on its way', async () => {
  const ada = invitation('ada', 'open');
  vi.stubGlobal('fetch', (request: Request) =>
    Promise.resolve(json(request.method === 'POST' ? ada : { items: [ada], next: null })),
  );
  show(<Invitations />);
  await userEvent.click(await screen.findByRole('button', { name: /Send the invitation/ }));
  expect((await screen.findByRole('status')).textContent).toContain('ada@groundplan.example');
});
