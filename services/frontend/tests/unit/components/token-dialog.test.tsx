// Creating an API token: what is asked for, and the secret, shown once.
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, it, vi } from 'vitest';
import { TokenDialog } from '@/components/token-dialog';
import { json } from '../../made';
import { show } from '../../render';

afterEach(() => {
  vi.unstubAllGlobals();
});

it('creates a token with the scopes that were chosen and shows its secret', async () => {
  const sent: unknown[] = [];
  vi.stubGlobal('fetch', async (request: Request) => {
    sent.push([new URL(request.url).pathname, await request.json()]);
    return json({ token: {}, secret: 'the.secret' }, 201);
  });
  const close = vi.fn();
  show(<TokenDialog owner={{ kind: 'service', id: 's1' }} onClose={close} />);
  await userEvent.type(screen.getByLabelText('Name'), 'nightly build');
  await userEvent.click(screen.getByLabelText('delivery:write'));
  await userEvent.click(screen.getByRole('button', { name: 'Create' }));
  expect((await screen.findByRole('textbox', { name: 'API token' })).textContent).toBe(
    'the.secret',
  );
  const scopes = ['catalog:read', 'delivery:write'];
  expect(sent).toEqual([
    ['/api/v1/identity/service-identities/s1/tokens', { name: 'nightly build', scopes, days: 90 }],
  ]);
  await userEvent.click(screen.getByRole('button', { name: 'Done' }));
  expect(close).toHaveBeenCalled();
});
