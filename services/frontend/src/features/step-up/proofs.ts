// Which proofs can be given in this browser, and which is asked for first.
import { hasPasskeys, isAtHome } from '@/lib/passkey';
import type { StepUpDue } from './api/use-step-up';

export type Method = StepUpDue['methods'][number];

/** The methods in the order of ease; a passkey that cannot answer here stands last. */
export function ordered(due: Pick<StepUpDue, 'methods' | 'passkey'>, host: string): Method[] {
  const usable = due.passkey !== undefined && hasPasskeys() && isAtHome(due.passkey.rpId, host);
  const order: Method[] = usable
    ? ['passkey', 'totp', 'password']
    : ['totp', 'password', 'passkey'];
  return order.filter((method) => due.methods.includes(method));
}
