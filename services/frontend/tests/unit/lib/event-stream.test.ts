// Server-sent events out of pieces of any size.
import { expect, it, vi } from 'vitest';
import { FrameReader, framesOf } from '@/lib/event-stream';

const text = 'retry: 2000\n\n: 7\n\nid: 8\nevent: deployment.state\ndata: {"a":1}\n\n';
const frames = [
  { id: '7', event: null, data: '' },
  { id: '8', event: 'deployment.state', data: '{"a":1}' },
];

it('reads the same frames however the text is cut', () => {
  for (let size = 1; size < text.length; size += 1) {
    const reader = new FrameReader();
    const pieces = text.match(new RegExp(`[^]{1,${String(size)}}`, 'g')) ?? [];
    expect(pieces.flatMap((piece) => reader.read(piece))).toEqual(frames);
  }
});

it('joins lines of data and takes CRLF', () => {
  const reader = new FrameReader();
  expect(reader.read('data: a\r\ndata: b\r\n\r\n')).toEqual([
    { id: null, event: 'message', data: 'a\nb' },
  ]);
});

it('keeps half a frame for later', () => {
  expect(new FrameReader().read('id: 8\nevent: x\ndata: 1\n')).toEqual([]);
});

it('gives up a stream that falls silent', async () => {
  vi.useFakeTimers();
  const silent = new Response(new ReadableStream({ start: () => undefined }));
  const read = framesOf(silent, 1000).next();
  const refused = expect(read).rejects.toThrow('silent');
  await vi.advanceTimersByTimeAsync(1001);
  await refused;
  vi.useRealTimers();
});
