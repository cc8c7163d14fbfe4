// Which proof is asked for first.
import { afterEach, expect, it, vi } from 'vitest';
import { ordered } from '@/features/step-up/proofs';

const passkey = {
  challenge: 'c',
  timeout: 1,
  rpId: 'localhost',
  allowCredentials: [],
  userVerification: 'preferred' as const,
};

afterEach(() => {
  vi.unstubAllGlobals();
});

it('a passkey comes first where it can answer, last where it cannot', () => {
  vi.stubGlobal('PublicKeyCredential', vi.fn());
  const due = { methods: ['totp' as const, 'passkey' as const], passkey };
  expect(ordered(due, 'localhost')).toEqual(['passkey', 'totp']);
  expect(ordered(due, '127.0.0.1')).toEqual(['totp', 'passkey']);
});

it('a password is asked of who has nothing else', () => {
  expect(ordered({ methods: ['password'] }, 'localhost')).toEqual(['password']);
});
