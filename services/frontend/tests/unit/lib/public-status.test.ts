// The public state, in the shape of the live one.
import { expect, it, vi } from 'vitest';
import { fetchPublicStatus } from '@/lib/public-status';
import { json } from '../../made';

it('fills in what is not public', async () => {
  const component = { name: 'a', replica: 1, kind: 'service', state: 'failed', detail: 'no disk' };
  vi.stubGlobal(
    'fetch',
    vi.fn(() => Promise.resolve(json({ state: 'degraded', components: [component] }))),
  );
  const status = await fetchPublicStatus();
  expect(status.components).toEqual([
    { ...component, pid: null, port: null, restarts: 0, started_at: null, log: [] },
  ]);
});

it('fails where the file is not served', async () => {
  vi.stubGlobal(
    'fetch',
    vi.fn(() => Promise.resolve(json({}, 404))),
  );
  await expect(fetchPublicStatus()).rejects.toThrow('404');
});
