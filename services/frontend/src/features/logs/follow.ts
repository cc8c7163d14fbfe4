// Following lines: those that are new go on top, and a long watch does not fill the memory.
import type { LogLine } from '@/lib/telemetry';

/** Lines that are kept while following. */
export const most = 2_000;

/** The lines on the page and those that came since, which are given oldest first. */
export function joined(shown: readonly LogLine[], came: readonly LogLine[]): LogLine[] {
  const known = new Set(shown.map(({ id }) => id));
  const fresh = came.filter(({ id }) => !known.has(id)).reverse();
  return [...fresh, ...shown].slice(0, most);
}
