// One file on its way: parts, cuts, pauses, and the file that is another.
import { expect, it } from 'vitest';
import {
  hex,
  Sending,
  type Stored,
  type Transport,
  type UploadView,
} from '@/features/artifacts/upload';
import { ProblemError, unreachable } from '@/lib/problem';

const file = new File(['abcdefghij'], 'letters.txt');
const whole = '72399361da6a7754fec986dca5b7cbaf1c810a28ded4abaf56b2106d06cb78b0';

/** A store of parts of four bytes, as the API keeps one. */
function server() {
  const parts = new Map<number, string>();
  const said = { completed: '', refused: null as string | null };
  const stored = (state: Stored['state'] = 'uploading'): Stored => ({
    id: 'u1',
    name: file.name,
    kind: 'other',
    subject: null,
    size: file.size,
    part_size: 4,
    parts: 3,
    received: [...parts].map(([number, sha256]) => ({ number, sha256, size: 4 })),
    state,
    refusal: said.refused,
    direct: false,
    expires_at: '2026-01-01T00:00:00Z',
  });
  const transport: Transport = {
    create: () => Promise.resolve(stored()),
    read: () => Promise.resolve(stored(said.completed === '' ? 'uploading' : 'ready')),
    send: (_upload, number, _body, digest) => {
      parts.set(number, hex(digest));
      return Promise.resolve();
    },
    complete: (_upload, sha256) => {
      said.completed = sha256;
      return Promise.resolve(stored(said.refused === null ? 'checking' : 'refused'));
    },
    wait: () => Promise.resolve(),
  };
  return { parts, said, transport };
}

function sending(transport: Transport, id: string | null = null) {
  let view: Partial<UploadView> = {};
  const seen: string[] = [];
  const one = new Sending(
    file,
    'other',
    'k1',
    transport,
    (change) => {
      view = { ...view, ...change };
      if (change.phase !== undefined && change.phase !== seen.at(-1)) seen.push(change.phase);
    },
    id,
  );
  return { one, seen, view: () => view };
}

const never = () => new AbortController().signal;

it('sends every part, says the digest of the whole and waits for the check', async () => {
  const { parts, said, transport } = server();
  const { one, seen, view } = sending(transport);
  await one.run(never());
  expect([...parts.keys()]).toEqual([1, 2, 3]);
  expect(said.completed).toBe(whole);
  expect(seen).toEqual(['sending', 'checking', 'ready']);
  expect(view()).toMatchObject({ id: 'u1', sent: 10, phase: 'ready' });
});

it('goes on after a cut', async () => {
  const { said, transport } = server();
  let cuts = 2;
  const { one, seen } = sending({
    ...transport,
    send: (...part) => {
      cuts -= 1;
      return cuts >= 0 ? Promise.reject(unreachable()) : transport.send(...part);
    },
  });
  await one.run(never());
  expect(seen).toContain('waiting');
  expect(said.completed).toBe(whole);
});

it('pauses and goes on where it was', async () => {
  const { parts, said, transport } = server();
  const pause = new AbortController();
  const sent: number[] = [];
  const { one, view } = sending({
    ...transport,
    send: (upload, number, ...rest) => {
      sent.push(number);
      if (number === 2 && sent.length === 2) pause.abort();
      return transport.send(upload, number, ...rest);
    },
  });
  await one.run(pause.signal);
  expect(view().phase).toBe('paused');
  await one.run(never());
  expect(parts.size).toBe(3);
  expect(said.completed).toBe(whole);
});

it('after a reload sends only what is missing', async () => {
  const { parts, said, transport } = server();
  await sending(transport).one.run(never());
  parts.delete(2);
  said.completed = '';
  const sent: number[] = [];
  const { one } = sending(
    {
      ...transport,
      send: (upload, number, ...rest) => {
        sent.push(number);
        return transport.send(upload, number, ...rest);
      },
    },
    'u1',
  );
  await one.run(never());
  expect(sent).toEqual([2]);
  expect(said.completed).toBe(whole);
});

it('notices that it is given another file', async () => {
  const { parts, transport } = server();
  parts.set(1, 'ab'.repeat(32));
  const { one, view } = sending(transport, 'u1');
  await one.run(never());
  expect(view().phase).toBe('failed');
  expect(view().problem).toContain('not the file');
});

it('begins anew when the server has dropped it', async () => {
  const { said, transport } = server();
  let asked = 0;
  const { one } = sending(
    {
      ...transport,
      read: (upload) => {
        asked += 1;
        if (asked > 1) return transport.read(upload);
        return Promise.reject(new ProblemError('not_found', 'Gone.', 404));
      },
    },
    'old',
  );
  await one.run(never());
  expect(said.completed).toBe(whole);
});

it('says why a file was refused', async () => {
  const { said, transport } = server();
  said.refused = 'it unpacks to too much';
  const { one, view } = sending(transport);
  await one.run(never());
  expect(view()).toMatchObject({ phase: 'refused', problem: 'it unpacks to too much' });
});
