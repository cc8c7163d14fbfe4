// A stretch of time that pages show: the last hour and the like, or from one moment to another.
// Addresses keep it, so that a link shows the same to whoever opens it.

export const lengths = ['15m', '1h', '6h', '1d', '3d'] as const;
export type Length = (typeof lengths)[number];

/** `to` moves with the clock where a length is given. */
export type Range = { length: Length } | { from: string; to: string };

export const usualLength: Length = '1h';
export const usual: Range = { length: usualLength };

const seconds: Record<Length, number> = {
  '15m': 900,
  '1h': 3600,
  '6h': 21_600,
  '1d': 86_400,
  '3d': 259_200,
};

/** Read a range from an address; what makes no sense there counts as left out. */
export function rangeOf(search: URLSearchParams): Range {
  const [from, to] = [Date.parse(search.get('from') ?? ''), Date.parse(search.get('to') ?? '')];
  if (from < to) return { from: new Date(from).toISOString(), to: new Date(to).toISOString() };
  const length = lengths.find((known) => known === search.get('range'));
  return length === undefined ? usual : { length };
}

/** The range as an address keeps it; the usual one needs no words. */
export function searchOfRange(range: Range): Record<string, string> {
  if (!('length' in range)) return { from: range.from, to: range.to };
  return range.length === usualLength ? {} : { range: range.length };
}

/** Both ends in milliseconds; `now` is where a length ends. */
export function endsOf(range: Range, now: number): [from: number, to: number] {
  if (!('length' in range)) return [Date.parse(range.from), Date.parse(range.to)];
  return [now - seconds[range.length] * 1000, now];
}

/** Both ends as the API takes them. */
export function queryOfRange(range: Range, now: number): { from: string; to: string } {
  const [from, to] = endsOf(range, now);
  return { from: new Date(from).toISOString(), to: new Date(to).toISOString() };
}

/** The stretch around a moment, as what happened just before and after it. */
export function around(moment: string, before = 300, after = 120): Range {
  const at = Date.parse(moment);
  return {
    from: new Date(at - before * 1000).toISOString(),
    to: new Date(at + after * 1000).toISOString(),
  };
}

/** Milliseconds between two readings of a range that moves; one that stands is read once. */
export function refreshOf(range: Range): number | false {
  if (!('length' in range)) return false;
  return range.length === '15m' || range.length === '1h' ? 5_000 : 30_000;
}
