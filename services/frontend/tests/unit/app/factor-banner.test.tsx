// The banner urges administrators without a factor, and nobody else.
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, it, vi } from 'vitest';
import { FactorBanner } from '@/app/factor-banner';
import { json } from '../../made';
import { show } from '../../render';

const me = (role: string, mfa: boolean): void => {
  vi.stubGlobal('fetch', () => Promise.resolve(json({ id: 'u', email: 'a@b', role, mfa })));
};

afterEach(() => {
  vi.unstubAllGlobals();
});

it('urges an administrator whom only a password protects, until it is closed', async () => {
  me('administrator', false);
  show(<FactorBanner />);
  await screen.findByRole('link', { name: 'Set up a second factor' });
  await userEvent.click(screen.getByRole('button', { name: 'Close' }));
  expect(screen.queryByRole('status')).toBeNull();
});

it.each([
  ['administrator', true],
  ['viewer', false],
])('leaves a %s with factor %s alone', async (role, mfa) => {
  me(role, mfa);
  const { queries } = show(<FactorBanner />);
  await vi.waitUntil(() => queries.getQueryData(['me']) !== undefined);
  expect(screen.queryByRole('status')).toBeNull();
});
