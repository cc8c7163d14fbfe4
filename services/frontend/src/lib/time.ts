// Moments and spans in words, as short as they stay clear.

const spans: readonly [limit: number, seconds: number, unit: string][] = [
  [60, 1, 's'],
  [3600, 60, 'm'],
  [86_400, 3600, 'h'],
  [Number.POSITIVE_INFINITY, 86_400, 'd'],
];

/** How long ago a moment was, like `4m ago`; `now` is in milliseconds. */
export function ago(moment: string, now: number): string {
  const seconds = Math.max(0, Math.round((now - Date.parse(moment)) / 1000));
  if (Number.isNaN(seconds)) return '–';
  if (seconds < 5) return 'just now';
  return `${span(seconds)} ago`;
}

/** A length of time in its largest whole unit, like `3h`. */
export function span(seconds: number): string {
  for (const [limit, size, unit] of spans) {
    if (seconds < limit) return `${String(Math.floor(seconds / size))}${unit}`;
  }
  return `${String(seconds)}s`;
}

/** The whole moment in the reader's own time, for tooltips. */
export function moment(value: string): string {
  const date = new Date(value);
  if (Number.isNaN(date.getTime())) return '–';
  return date.toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'medium' });
}
