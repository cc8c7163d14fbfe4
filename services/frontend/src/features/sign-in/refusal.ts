// Why a sign-in failed, in words that tell the person what to do.
import { messageOf, ProblemError } from '@/lib/problem';
import { span } from '@/lib/time';
import { t } from './words';

export interface Refusal {
  severity: 'error' | 'warning';
  text: string;
}

/** The words for a failed sign-in: wrong words, locked, asked too often, or nobody could tell. */
export function refusalOf(error: unknown): Refusal {
  if (!(error instanceof ProblemError)) return { severity: 'error', text: messageOf(error) };
  const wait = error.retryAfter === null ? t('later') : t('in', { span: span(error.retryAfter) });
  if (error.code === 'account_locked') {
    return { severity: 'warning', text: t('locked', { wait }) };
  }
  if (error.code === 'invalid_credentials') {
    return { severity: 'error', text: t('wrong') };
  }
  if (error.status === 429) {
    return { severity: 'warning', text: t('tooOften', { wait }) };
  }
  if (error.status === 0 || error.status >= 500) {
    const text = t('unchecked', { reason: lowerFirst(error.message) });
    return { severity: 'warning', text };
  }
  const fields = error.fields.map((field) => field.message).filter((text) => text !== '');
  return { severity: 'error', text: fields.length > 0 ? fields.join(' ') : error.message };
}

function lowerFirst(text: string): string {
  const sentence = /[.!?]$/.test(text) ? text : `${text}.`;
  return sentence.charAt(0).toLowerCase() + sentence.slice(1);
}
