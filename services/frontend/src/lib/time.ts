// Moments and spans in words, as short as they stay clear.
import { wordsOf } from './words';

const t = wordsOf('time', {
  now: 'just now',
  ago: '{span} ago',
  seconds: '{amount}s',
  minutes: '{amount}m',
  hours: '{amount}h',
  days: '{amount}d',
});

type Unit = 'seconds' | 'minutes' | 'hours' | 'days';

const spans: readonly [limit: number, seconds: number, unit: Unit][] = [
  [60, 1, 'seconds'],
  [3600, 60, 'minutes'],
  [86_400, 3600, 'hours'],
  [Number.POSITIVE_INFINITY, 86_400, 'days'],
];

/** How long ago a moment was, like `4m ago`; `now` is in milliseconds. */
export function ago(moment: string, now: number): string {
  const seconds = Math.max(0, Math.round((now - Date.parse(moment)) / 1000));
  if (Number.isNaN(seconds)) return '–';
  if (seconds < 5) return t('now');
  return t('ago', { span: span(seconds) });
}

/** A length of time in its largest whole unit, like `3h`. */
export function span(seconds: number): string {
  for (const [limit, size, unit] of spans) {
    if (seconds < limit) return t(unit, { amount: Math.floor(seconds / size) });
  }
  return t('seconds', { amount: seconds });
}

/** The whole moment in the reader's own time, for tooltips. */
export function moment(value: string): string {
  const date = new Date(value);
  if (Number.isNaN(date.getTime())) return '–';
  return date.toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'medium' });
}

/** The time of the day to the millisecond, in the reader's own time, as lists of lines show it. */
export function clock(value: string): string {
  const date = new Date(value);
  if (Number.isNaN(date.getTime())) return '–';
  const padded = (amount: number, width = 2): string => String(amount).padStart(width, '0');
  const parts = [date.getHours(), date.getMinutes(), date.getSeconds()].map((part) =>
    padded(part),
  );
  return `${parts.join(':')}.${padded(date.getMilliseconds(), 3)}`;
}
