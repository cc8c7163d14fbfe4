// What an address tells on arrival: a sign-in that goes on, how the provider ended, a mail's token.
import type { Mfa } from '@/lib/session';

const tokenOfMail = /^#([A-Za-z0-9_-]{43})$/;

/** The token behind the `#` of a mail's link; null where there is none. */
export function tokenOf(hash: string): string | null {
  return tokenOfMail.exec(hash)?.[1] ?? null;
}

/** What a sign-in at the provider still lacks; null where nothing of that is said. */
export function mfaOf(hash: string): Mfa | null {
  const said = new URLSearchParams(hash.slice(1)).get('mfa');
  if (said === null) return null;
  try {
    const mfa: unknown = JSON.parse(said);
    return isMfa(mfa) ? mfa : null;
  } catch {
    return null;
  }
}

function isMfa(value: unknown): value is Mfa {
  if (typeof value !== 'object' || value === null) return false;
  const { challenge, methods, enrol } = value as Record<string, unknown>;
  return typeof challenge === 'string' && Array.isArray(methods) && typeof enrol === 'boolean';
}

const endings = {
  ended: 'oidcEnded',
  refused: 'oidcRefused',
  failed: 'oidcFailed',
  unknown: 'oidcUnknown',
} as const;

/** The key of the words for a sign-in at the provider that came to nothing. */
export function oidcEnding(search: string): (typeof endings)[keyof typeof endings] | null {
  const word = new URLSearchParams(search).get('oidc');
  return word !== null && Object.hasOwn(endings, word)
    ? endings[word as keyof typeof endings]
    : null;
}
