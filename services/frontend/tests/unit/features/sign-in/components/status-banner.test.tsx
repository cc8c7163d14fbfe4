// What of the platform is broken, before anyone is signed in.
import { screen } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import { StatusBanner } from '@/features/sign-in/components/status-banner';
import { json, replica } from '../../../../made';
import { show } from '../../../../render';

const answer = (...components: object[]) => {
  vi.stubGlobal(
    'fetch',
    vi.fn(() => Promise.resolve(json({ state: 'x', components }))),
  );
};

it('names what failed and why', async () => {
  answer({ ...replica('database', 1, 'failed'), detail: 'the disk is full' });
  show(<StatusBanner />);
  const banner = await screen.findByRole('status');
  expect(banner.textContent).toContain('database is in trouble');
  expect(banner.textContent).toContain('the disk is full');
});

it('is silent while all is well', async () => {
  answer(replica('database', 1, 'ready'));
  const { queries } = show(<StatusBanner />);
  await vi.waitFor(() => expect(queries.isFetching()).toBe(0));
  expect(screen.queryByRole('status')).toBeNull();
});
