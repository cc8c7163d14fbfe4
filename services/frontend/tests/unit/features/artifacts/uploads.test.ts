// The uploads of a tab: one after the other, remembered, abandoned.
import { expect, it, vi } from 'vitest';
import { Uploads, type UploadsHost } from '@/features/artifacts/uploads';
import type { Stored } from '@/features/artifacts/upload';

const file = (name: string) => new File(['abc'], name, { lastModified: 5 });

function made(left = '[]') {
  let kept = left;
  let key = 0;
  const stored = (name: string, state: Stored['state']): Stored => ({
    id: `id of ${name}`,
    name,
    kind: 'other',
    subject: null,
    size: 3,
    part_size: 4,
    parts: 1,
    received: [],
    state,
    refusal: null,
    direct: false,
    expires_at: '',
  });
  const host = {
    create: (one: File) => Promise.resolve(stored(one.name, 'uploading')),
    read: (id: string) => Promise.resolve(stored(id, 'uploading')),
    send: () => Promise.resolve(),
    complete: (id: string) => Promise.resolve(stored(id, 'ready')),
    abandon: vi.fn(() => Promise.resolve()),
    wait: () => Promise.resolve(),
    store: {
      getItem: () => kept,
      setItem: (_key: string, value: string) => {
        kept = value;
      },
    },
    arrived: vi.fn(),
    newKey: () => `k${String((key += 1))}`,
  } satisfies UploadsHost;
  return { host, uploads: new Uploads(host), kept: () => kept };
}

const phases = (uploads: Uploads) => uploads.snapshot().map(({ phase }) => phase);

it('sends one file after the other', async () => {
  const { host, uploads, kept } = made();
  uploads.add([file('a'), file('b')], 'other');
  expect(phases(uploads)).toEqual(['sending', 'queued']);
  expect(uploads.busy).toBe(true);
  await vi.waitFor(() => expect(phases(uploads)).toEqual(['ready', 'ready']));
  expect(host.arrived).toHaveBeenCalledTimes(2);
  expect(kept()).toBe('[]');
  expect(uploads.busy).toBe(false);
});

it('shows after a reload what was left, and goes on with the same file', async () => {
  const { uploads } = made('[{"id":"u1","name":"a","size":3,"modified":5}]');
  expect(uploads.snapshot()).toMatchObject([{ phase: 'paused', id: 'u1', inHand: false }]);
  uploads.add([file('a')], 'other');
  expect(uploads.snapshot().length).toBe(1);
  await vi.waitFor(() => expect(phases(uploads)).toEqual(['ready']));
});

it('another file is another upload', () => {
  const { uploads } = made('[{"id":"u1","name":"a","size":9,"modified":5}]');
  uploads.add([file('a')], 'other');
  expect(uploads.snapshot().length).toBe(2);
});

it('has what was sent dropped when it is abandoned', async () => {
  const { host, uploads, kept } = made('[{"id":"u1","name":"a","size":3,"modified":5}]');
  await uploads.abandon('u1');
  expect(host.abandon).toHaveBeenCalledWith('u1');
  expect(uploads.snapshot()).toEqual([]);
  expect(kept()).toBe('[]');
});

it('pauses what waits its turn, and resumes it', async () => {
  const { uploads } = made();
  uploads.add([file('a'), file('b')], 'other');
  uploads.pause('k2');
  expect(phases(uploads)[1]).toBe('paused');
  await vi.waitFor(() => expect(phases(uploads)[0]).toBe('ready'));
  uploads.resume('k2');
  await vi.waitFor(() => expect(phases(uploads)[1]).toBe('ready'));
  uploads.dismiss('k2');
  expect(uploads.snapshot().length).toBe(1);
});
