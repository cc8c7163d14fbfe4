// Which colour a line or a service has: the same wherever it is shown.
import type { SeriesColors } from './palette';

export type Tone = keyof SeriesColors;

export const tones: readonly Tone[] = [
  'blue',
  'teal',
  'amber',
  'violet',
  'rose',
  'green',
  'cyan',
  'slate',
];

/** The usual way of a request, in tones that are easy to tell apart side by side. */
const known: Record<string, Tone> = {
  browser: 'slate',
  frontend: 'cyan',
  gateway: 'violet',
  authz: 'rose',
  backend: 'blue',
  database: 'teal',
  cache: 'amber',
};

/** The tone of a service. */
export function toneOf(service: string): Tone {
  let sum = 7;
  for (const sign of service) sum = (sum * 31 + sign.charCodeAt(0)) % 9973;
  return known[service] ?? tones[sum % tones.length]!;
}
