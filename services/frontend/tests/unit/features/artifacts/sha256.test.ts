// The digest in pieces is the browser's digest of the whole.
import { expect, it } from 'vitest';
import { addTo, Sha256 } from '@/features/artifacts/sha256';
import { hex } from '@/features/artifacts/upload';

const text = (value: string) => new TextEncoder().encode(value);

it('knows the published examples', () => {
  expect(new Sha256().hex()).toBe(
    'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  );
  expect(new Sha256().update(text('abc')).hex()).toBe(
    'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  );
});

it('agrees with the browser at every length around a block', async () => {
  for (let length = 50; length < 135; length += 1) {
    const bytes = Uint8Array.from({ length }, (_, place) => (place * 31) % 256);
    const digest = new Sha256();
    for (let at = 0; at < length; at += 7) digest.update(bytes.subarray(at, at + 7));
    expect(digest.hex()).toBe(hex(await crypto.subtle.digest('SHA-256', bytes)));
  }
});

it('takes large pieces in steps', async () => {
  const bytes = new Uint8Array(2_500_000).fill(5);
  const digest = new Sha256();
  await addTo(digest, bytes);
  expect(digest.hex()).toBe(hex(await crypto.subtle.digest('SHA-256', bytes)));
});
