// What was altered on the way is not given out.
import { expect, it } from 'vitest';
import { checkedBody } from '@/features/artifacts/download';

const digest = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';

it('gives what has the right digest, and says how far it is', async () => {
  const told: number[] = [];
  const blob = await checkedBody(new Response('abc'), digest, (received) => told.push(received));
  expect(await blob.text()).toBe('abc');
  expect(told.at(-1)).toBe(3);
});

it('refuses anything else', async () => {
  await expect(checkedBody(new Response('abd'), digest, () => undefined)).rejects.toThrow(
    'differs',
  );
});
