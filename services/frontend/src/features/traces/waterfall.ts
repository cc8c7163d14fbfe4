// A trace as rows: each span under the one that caused it, with its place on the trace's own time.
import { groupBy } from '@/lib/grouping';
import type { Span, Trace } from '@/lib/telemetry';

/** From when to when, in milliseconds. */
type Interval = readonly [from: number, to: number];

export interface SpanRow {
  span: Span;
  depth: number;
  /** Milliseconds since the trace began. */
  start: number;
  /** When none of its children ran. */
  alone: readonly Interval[];
  /** Milliseconds in which none of its children ran. */
  own: number;
  children: number;
  /** Whether the span that caused it is not here, and it is not the first. */
  orphan: boolean;
}

export interface Waterfall {
  /** When the first span began, in milliseconds. */
  began: number;
  duration: number;
  rows: SpanRow[];
}

/** Moments come with microseconds, which `Date` would cut to milliseconds. */
export function microMoment(text: string): number {
  const [, whole = '', fraction = '', zone = 'Z'] =
    /^(.*?:\d{2}(?::\d{2})?)(?:\.(\d+))?(Z|[+-]\d{2}:?\d{2})?$/.exec(text) ?? [];
  return Date.parse(whole + zone) + (fraction === '' ? 0 : Number(`0.${fraction}`) * 1000);
}

/** Lay a trace out; children of one span stand in the order in which they began. */
export function waterfallOf({ spans }: Trace): Waterfall {
  const starts = new Map(spans.map((span) => [span.span_id, microMoment(span.start)]));
  const startOf = (span: Span): number => starts.get(span.span_id)!;
  const ends = spans.map((span) => startOf(span) + span.duration_ms);
  const began = Math.min(...spans.map(startOf));
  const byParent = groupBy(spans, (span) =>
    starts.has(span.parent_id) && span.parent_id !== span.span_id ? span.parent_id : '',
  );
  const rows: SpanRow[] = [];
  const seen = new Set<string>();

  function add(span: Span, depth: number): void {
    if (seen.has(span.span_id)) return;
    seen.add(span.span_id);
    const children = byParent.get(span.span_id) ?? [];
    const alone = aloneIn(span, children, startOf);
    rows.push({
      span,
      depth,
      start: startOf(span) - began,
      alone,
      own: lengthOf(alone),
      children: children.length,
      orphan: depth === 0 && span.parent_id !== '',
    });
    children.sort((one, other) => startOf(one) - startOf(other));
    for (const child of children) add(child, depth + 1);
  }

  const sorted = [...spans].sort((one, other) => startOf(one) - startOf(other));
  for (const root of sorted.filter((span) => byParent.get('')?.includes(span))) add(root, 0);
  // Spans that name each other as causes hang under nobody: they are shown all the same.
  for (const span of sorted) add(span, 0);
  return { began, duration: Math.max(0, ...ends) - began, rows };
}

function aloneIn(
  span: Span,
  children: readonly Span[],
  startOf: (span: Span) => number,
): Interval[] {
  const end = startOf(span) + span.duration_ms;
  const found: Interval[] = [];
  let reached = startOf(span);
  for (const child of [...children].sort((one, other) => startOf(one) - startOf(other))) {
    found.push([reached, Math.min(end, startOf(child))]);
    reached = Math.max(reached, Math.min(end, startOf(child) + child.duration_ms));
  }
  return [...found, [reached, end] as const].filter(([from, to]) => to > from);
}

/** How long intervals last together, each moment counted once. */
function lengthOf(intervals: readonly Interval[]): number {
  let sum = 0;
  let reached = Number.NEGATIVE_INFINITY;
  for (const [from, to] of [...intervals].sort(([one], [other]) => one - other)) {
    sum += Math.max(0, to - Math.max(from, reached));
    reached = Math.max(reached, to);
  }
  return sum;
}

/** The rows that show when some spans are folded. */
export function visible(rows: readonly SpanRow[], folded: ReadonlySet<string>): SpanRow[] {
  let hiddenBelow = Number.POSITIVE_INFINITY;
  return rows.filter((row) => {
    if (row.depth > hiddenBelow) return false;
    hiddenBelow = folded.has(row.span.span_id) ? row.depth : Number.POSITIVE_INFINITY;
    return true;
  });
}

/** Time in which a service itself was at work, the longest first: where a trace's time went. */
export function shares(rows: readonly SpanRow[]): { service: string; own: number }[] {
  return [...groupBy(rows, ({ span }) => placeOf(span))]
    .map(([service, found]) => ({ service, own: lengthOf(found.flatMap(({ alone }) => alone)) }))
    .sort((one, other) => other.own - one.own);
}

/** What a span is called: a bare method says little, so its path goes with it. */
export function titleOf({ name, attributes }: Span): string {
  const path = attributes['url.path'];
  return /^[A-Z]+$/.test(name) && typeof path === 'string' ? `${name} ${path}` : name;
}

const stores: Record<string, string> = { postgresql: 'database', redis: 'cache' };

/** Where a span's time was spent: stores send no spans, those of who asks them tell. */
export function placeOf({ service, kind, attributes }: Span): string {
  const system = attributes['db.system.name'];
  if (kind !== 'client' || typeof system !== 'string') return service;
  return stores[system] ?? system;
}

/** The error of a span in words, as its attributes give it. */
export function errorOf({ status, attributes, events }: Span): string | null {
  if (status !== 'error') return null;
  const thrown = events.find(({ name }) => name === 'exception')?.attributes['exception.message'];
  const told = thrown ?? attributes['error.type'] ?? attributes['http.response.status_code'];
  return typeof told === 'string' || typeof told === 'number' ? String(told) : '';
}
