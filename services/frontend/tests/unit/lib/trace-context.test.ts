// What a person does is recorded as one trace; what a page repeats by itself is not forced to be.
import { beforeEach, expect, it } from 'vitest';
import { TraceContext, traceOf } from '@/lib/trace-context';

let time = 0;
let place = '/';
let drawn = 0;

function context(): TraceContext {
  return new TraceContext({
    now: () => time,
    place: () => place,
    random: (bytes) => new Uint8Array(bytes).fill((drawn += 1)),
  });
}

const isRecorded = (header: string): boolean => header.endsWith('-01');

beforeEach(() => {
  time = 0;
  place = '/';
  drawn = 0;
});

it('writes a valid header', () => {
  expect(context().header('GET')).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
});

it('gives one trace to all that a page reads at first', () => {
  const traces = context();
  const first = traces.header('GET');
  time = 1_000;
  expect(traces.header('GET')).toBe(first);
});

it('gives what a page asks later a trace of its own, recorded like everybody else', () => {
  const traces = context();
  const first = traces.header('GET');
  time = 2_000;
  const [later, last] = [traces.header('GET'), traces.header('GET')];
  expect(new Set([first, later, last].map(traceOf)).size).toBe(3);
  expect([later, last].map(isRecorded)).toEqual([false, false]);
});

it('keeps a stream out of the trace of a page', () => {
  const traces = context();
  const [stream, read] = [traces.header('GET', true), traces.header('GET')];
  expect(traceOf(stream)).not.toBe(traceOf(read));
  expect([stream, read].map(isRecorded)).toEqual([false, true]);
});

it('begins anew where a person goes to another page', () => {
  const traces = context();
  const first = traces.header('GET');
  time = 10_000;
  place = '/traces';
  const second = traces.header('GET');
  expect(traceOf(second)).not.toBe(traceOf(first));
  expect(isRecorded(second)).toBe(true);
});

it('records every change, in a trace of its own', () => {
  const traces = context();
  const read = traces.header('GET');
  time = 60_000;
  const changed = traces.header('POST');
  expect(isRecorded(changed)).toBe(true);
  expect(traceOf(changed)).not.toBe(traceOf(read));
});

it('reads a trace from a header, and nothing from another', () => {
  expect(traceOf(`00-${'ab'.repeat(16)}-${'cd'.repeat(8)}-01`)).toBe('ab'.repeat(16));
  expect([traceOf(null), traceOf('00-ab-cd-01')]).toEqual([null, null]);
});
