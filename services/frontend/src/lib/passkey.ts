// Passkeys between the API's words and the browser's: bytes are base64url on the wire.
import { problemWords, ProblemError } from './problem';
import type { components } from './schema';

export type CreationOptions = components['schemas']['CreationOptions'];
export type RequestOptions = components['schemas']['RequestOptions'];
export type NewPasskey = components['schemas']['NewPasskey'];
export type PasskeyAnswer = components['schemas']['PasskeyAnswer'];

/** Bytes as base64url without padding. */
export function textOf(bytes: ArrayBuffer): string {
  const letters = Array.from(new Uint8Array(bytes), (byte) => String.fromCharCode(byte)).join('');
  return btoa(letters).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** The bytes of a base64url text. */
export function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  const letters = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(letters, (letter) => letter.charCodeAt(0));
}

/** Whether this browser could make or use a passkey at all. */
export const hasPasskeys = (): boolean => 'PublicKeyCredential' in globalThis;

/** Whether a passkey for `id` can be used at this host: the host itself or one below it. */
export function isAtHome(id: string, host: string): boolean {
  return host === id || host.endsWith(`.${id}`);
}

const described = (known: RequestOptions['allowCredentials']): PublicKeyCredentialDescriptor[] =>
  known.map(({ type, id, transports }) => ({
    type,
    id: bytesOf(id),
    transports: transports as AuthenticatorTransport[],
  }));

/** Let the person make a passkey; throws a ProblemError when nothing came of it. */
export async function makePasskey(options: CreationOptions): Promise<NewPasskey> {
  const publicKey: PublicKeyCredentialCreationOptions = {
    ...options,
    challenge: bytesOf(options.challenge),
    user: { ...options.user, id: bytesOf(options.user.id) },
    excludeCredentials: described(options.excludeCredentials),
  };
  const made = await asked(() => navigator.credentials.create({ publicKey }));
  const response = made.response as AuthenticatorAttestationResponse;
  return {
    id: made.id,
    client_data: textOf(response.clientDataJSON),
    attestation: textOf(response.attestationObject),
    transports: response.getTransports(),
  };
}

/** Let the person answer with a passkey; throws a ProblemError when nothing came of it. */
export async function answerWithPasskey(options: RequestOptions): Promise<PasskeyAnswer> {
  const publicKey: PublicKeyCredentialRequestOptions = {
    ...options,
    challenge: bytesOf(options.challenge),
    allowCredentials: described(options.allowCredentials),
  };
  const made = await asked(() => navigator.credentials.get({ publicKey }));
  const response = made.response as AuthenticatorAssertionResponse;
  return {
    id: made.id,
    client_data: textOf(response.clientDataJSON),
    authenticator_data: textOf(response.authenticatorData),
    signature: textOf(response.signature),
  };
}

/** What the browser's refusals mean to a person. */
const refusals: Readonly<Record<string, Parameters<typeof problemWords>[0]>> = {
  NotAllowedError: 'passkeyDeclined',
  InvalidStateError: 'passkeyHeld',
  SecurityError: 'passkeyElsewhere',
};

async function asked(ask: () => Promise<Credential | null>): Promise<PublicKeyCredential> {
  try {
    const made = await ask();
    if (made !== null) return made as PublicKeyCredential;
  } catch (error) {
    const name = error instanceof DOMException ? error.name : '';
    const words = problemWords(refusals[name] ?? 'passkeyFailed');
    throw new ProblemError('passkey_failed', words, 400);
  }
  throw new ProblemError('passkey_failed', problemWords('passkeyNone'), 400);
}
