// Which factor is offered first: what can be used here, before what cannot.
import { afterEach, expect, it, vi } from 'vitest';
import { ordered } from '@/features/sign-in/second-factor';
import type { Mfa } from '@/lib/session';

const passkey = {
  challenge: 'c',
  timeout: 1,
  rpId: 'localhost',
  allowCredentials: [],
  userVerification: 'preferred' as const,
};
const mfa: Mfa = {
  challenge: 'c',
  methods: ['totp', 'passkey', 'recovery'],
  enrol: false,
  passkey,
};

afterEach(() => {
  vi.unstubAllGlobals();
});

it('a passkey comes first where it is at home', () => {
  vi.stubGlobal('PublicKeyCredential', vi.fn());
  expect(ordered(mfa, 'localhost')).toEqual(['passkey', 'totp', 'recovery']);
});

it('a code comes first where the passkey is not at home', () => {
  vi.stubGlobal('PublicKeyCredential', vi.fn());
  expect(ordered(mfa, '127.0.0.1')).toEqual(['totp', 'passkey', 'recovery']);
});

it('only what the person has is offered', () => {
  expect(ordered({ ...mfa, methods: ['totp'] }, '127.0.0.1')).toEqual(['totp']);
});
