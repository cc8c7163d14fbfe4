// Passkeys on the wire: base64url both ways, the browser's refusals in words.
import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  answerWithPasskey,
  bytesOf,
  isAtHome,
  makePasskey,
  textOf,
  type CreationOptions,
  type RequestOptions,
} from '@/lib/passkey';

const bytes = (...values: number[]): ArrayBuffer => new Uint8Array(values).buffer;

const asked: RequestOptions = {
  challenge: '-_8',
  timeout: 1000,
  rpId: 'localhost',
  allowCredentials: [{ type: 'public-key', id: 'AQI', transports: ['internal'] }],
  userVerification: 'preferred',
};

const creation: CreationOptions = {
  rp: { id: 'localhost', name: 'Groundplan' },
  user: { id: 'AQI', name: 'ada', displayName: 'ada' },
  challenge: '-_8',
  pubKeyCredParams: [{ type: 'public-key', alg: -7 }],
  timeout: 1000,
  excludeCredentials: [],
  authenticatorSelection: {
    residentKey: 'discouraged',
    requireResidentKey: false,
    userVerification: 'preferred',
  },
  attestation: 'none',
};

function browser(calls: object): void {
  vi.stubGlobal('navigator', { credentials: calls });
}

afterEach(() => {
  vi.unstubAllGlobals();
});

it('bytes survive the way there and back', () => {
  expect(textOf(bytes(0xfb, 0xff, 0x00))).toBe('-_8A');
  expect([...bytesOf('-_8A')]).toEqual([0xfb, 0xff, 0x00]);
});

it('a passkey is at home at its own host and below it, nowhere else', () => {
  expect(isAtHome('localhost', 'localhost')).toBe(true);
  expect(isAtHome('example.org', 'plan.example.org')).toBe(true);
  expect(isAtHome('example.org', 'notexample.org')).toBe(false);
  expect(isAtHome('localhost', '127.0.0.1')).toBe(false);
});

describe('with a browser', () => {
  it('an answer is handed on as four texts', async () => {
    const response = {
      clientDataJSON: bytes(1),
      authenticatorData: bytes(2),
      signature: bytes(3),
    };
    const get = vi.fn(() => Promise.resolve({ id: 'AQI', response }));
    browser({ get });
    expect(await answerWithPasskey(asked)).toEqual({
      id: 'AQI',
      client_data: 'AQ',
      authenticator_data: 'Ag',
      signature: 'Aw',
    });
    const [options] = get.mock.calls[0] as unknown as [{ publicKey: { challenge: Uint8Array } }];
    expect([...options.publicKey.challenge]).toEqual([0xfb, 0xff]);
  });

  it('a new passkey is handed on with its ways', async () => {
    const response = {
      clientDataJSON: bytes(1),
      attestationObject: bytes(2),
      getTransports: () => ['internal'],
    };
    browser({ create: () => Promise.resolve({ id: 'AQI', response }) });
    expect(await makePasskey(creation)).toEqual({
      id: 'AQI',
      client_data: 'AQ',
      attestation: 'Ag',
      transports: ['internal'],
    });
  });

  it('a refusal is said in words', async () => {
    const get = () => Promise.reject(new DOMException('x', 'NotAllowedError'));
    browser({ get });
    await expect(answerWithPasskey(asked)).rejects.toMatchObject({
      code: 'passkey_failed',
      message: 'The passkey was not used: it was declined, or took too long.',
    });
  });

  it('no passkey at all is said, too', async () => {
    browser({ get: () => Promise.resolve(null) });
    await expect(answerWithPasskey(asked)).rejects.toThrow('No passkey was chosen.');
  });
});
