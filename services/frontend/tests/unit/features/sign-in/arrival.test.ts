// What an address tells on arrival, and what in it is believed.
import { expect, it } from 'vitest';
import { mfaOf, oidcEnding, tokenOf } from '@/features/sign-in/arrival';

const token = 'a'.repeat(43);

it('a token is taken from behind the hash, whole or not at all', () => {
  expect(tokenOf(`#${token}`)).toBe(token);
  expect(tokenOf(`#${token}a`)).toBeNull();
  expect(tokenOf('#mfa=1')).toBeNull();
  expect(tokenOf('')).toBeNull();
});

it('a sign-in at the provider goes on with what is due', () => {
  const mfa = { challenge: 'c', methods: ['totp'], enrol: false };
  const hash = `#${new URLSearchParams({ mfa: JSON.stringify(mfa) }).toString()}`;
  expect(mfaOf(hash)).toEqual(mfa);
});

it('nonsense is not taken for a challenge', () => {
  for (const said of ['', '#', '#mfa=', '#mfa=x', '#mfa=null', '#mfa={"challenge":1}']) {
    expect(mfaOf(said)).toBeNull();
  }
});

it('each ending at the provider has its words, and no other word has any', () => {
  expect(oidcEnding('?oidc=unknown')).toBe('oidcUnknown');
  expect(oidcEnding('?oidc=toString')).toBeNull();
  expect(oidcEnding('')).toBeNull();
});
