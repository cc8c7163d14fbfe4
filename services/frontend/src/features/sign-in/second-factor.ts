// Which of a person's factors can be used here, and which is offered first.
import { hasPasskeys, isAtHome } from '@/lib/passkey';
import type { Mfa } from '@/lib/session';

export type Method = Mfa['methods'][number];

/** Whether a passkey for `id` can answer in this browser, at this host. */
export const isUsable = (id: string, host: string): boolean => hasPasskeys() && isAtHome(id, host);

/** The methods, the easiest first; a passkey that is at home elsewhere stands behind a code. */
export function ordered(mfa: Mfa, host: string): Method[] {
  const usable = mfa.passkey !== undefined && isUsable(mfa.passkey.rpId, host);
  const order: Method[] = usable
    ? ['passkey', 'totp', 'recovery']
    : ['totp', 'passkey', 'recovery'];
  return order.filter((method) => mfa.methods.includes(method));
}
