// Following events: from where it was, ever more slowly while nobody answers, not while hidden.
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { DeliveryEvent } from '@/lib/delivery';
import { Follower } from '@/lib/follower';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const frame = (id: number): string =>
  `id: ${String(id)}\nevent: x\ndata: {"id":${String(id)}}\n\n`;

function made(answers: (() => Response)[]) {
  const asked: (string | null)[] = [];
  let look: () => void = () => undefined;
  let seen = true;
  const follower = new Follower({
    open: (after) => {
      asked.push(after);
      const answer = answers[asked.length - 1];
      return answer === undefined ? Promise.reject(new Error('away')) : Promise.resolve(answer());
    },
    visible: () => seen,
    onVisibility: (listener) => {
      look = listener;
    },
    random: () => 1,
  });
  const heard: (number | null)[] = [];
  const leave = follower.join((event: DeliveryEvent | null) => heard.push(event?.id ?? null));
  const show = (visible: boolean): void => {
    seen = visible;
    look();
  };
  return { follower, asked, heard, leave, show };
}

it('comes back after a cut where it was', async () => {
  const { asked, heard, leave } = made([
    () => new Response(frame(4) + frame(5)),
    () => new Response(': 9\n\n'),
    () => new Response(frame(10)),
  ]);
  await vi.advanceTimersByTimeAsync(2500);
  expect(asked.slice(0, 3)).toEqual([null, '5', '9']);
  expect(heard).toEqual([null, 4, 5, 10]);
  leave();
});

it('says that it waits, and asks ever more slowly', async () => {
  const { follower, asked, leave } = made([]);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(follower.snapshot()).toBe('waiting');
  expect(asked.length).toBeGreaterThan(3);
  expect(asked.length).toBeLessThan(8);
  leave();
});

it('counts a refusal as not live', async () => {
  const { follower, leave } = made([() => new Response('', { status: 503 })]);
  await vi.advanceTimersByTimeAsync(10);
  expect(follower.snapshot()).toBe('waiting');
  leave();
});

it('rests while the page is hidden and goes on where it was', async () => {
  const endless = (): Response =>
    new Response(
      new ReadableStream({
        start: (controller) => {
          controller.enqueue(new TextEncoder().encode(frame(3)));
        },
      }),
    );
  const { follower, asked, leave, show } = made([endless, endless]);
  await vi.advanceTimersByTimeAsync(10);
  expect(follower.snapshot()).toBe('live');
  show(false);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(asked).toEqual([null]);
  show(true);
  await vi.advanceTimersByTimeAsync(10);
  expect(asked).toEqual([null, '3']);
  leave();
});

it('asks nothing once nobody listens', async () => {
  const { asked, leave } = made([]);
  leave();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(asked.length).toBe(1);
});
