// Spans for tests, with only what a test says of them.
import type { Span, Trace } from '@/lib/telemetry';

/** A span that begins after `start` milliseconds and takes `duration`. */
export const span = (
  id: string,
  parent: string,
  start: number,
  duration: number,
  more: Partial<Span> = {},
): Span => ({
  span_id: id,
  parent_id: parent,
  service: 'backend',
  replica: 'backend-1',
  name: id,
  kind: 'internal',
  start: new Date(Date.parse('2026-01-01T00:00:00Z') + start).toISOString(),
  duration_ms: duration,
  status: 'unset',
  attributes: {},
  events: [],
  ...more,
});

export const traceOf = (...spans: Span[]): Trace => ({ trace_id: 'ab'.repeat(16), spans });
