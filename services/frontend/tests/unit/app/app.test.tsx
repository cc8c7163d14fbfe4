// The gate: who is outside gets the way in, with all that it asks for; mails' links stay open.
import { render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { App } from '@/app/app';
import { json } from '../../made';

beforeEach(() => {
  localStorage.clear();
  vi.stubGlobal('matchMedia', () => ({
    matches: false,
    addListener: () => undefined,
    removeListener: () => undefined,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  }));
  vi.stubGlobal('fetch', (asked: Request | string) => {
    const path = typeof asked === 'string' ? asked : new URL(asked.url).pathname;
    if (path.endsWith('/oidc/provider')) {
      return Promise.resolve(json({ enabled: true, name: 'Example ID' }));
    }
    return Promise.resolve(json({ state: 'ready', components: [] }));
  });
});

afterEach(() => {
  vi.unstubAllGlobals();
  history.replaceState(null, '', '/');
});

it('offers the provider that is set beside the password', async () => {
  render(<App />);
  await screen.findByRole('heading', { name: 'Sign in' });
  expect(await screen.findByRole('button', { name: 'Sign in with Example ID' })).toBeTruthy();
});

it('opens the page that a mail leads to', async () => {
  history.replaceState(null, '', `/invitation#${'a'.repeat(43)}`);
  render(<App />);
  expect(await screen.findByRole('heading', { name: 'Join this platform' })).toBeTruthy();
  expect(location.hash).toBe('');
});
