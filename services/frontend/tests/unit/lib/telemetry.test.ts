// Signals in words, and links that lead from one to the other.
import { expect, it } from 'vitest';
import { ProblemError } from '@/lib/problem';
import {
  alertMark,
  incidentMark,
  isTelemetryOff,
  levelHealth,
  logsAddress,
  metricsAddress,
  runbookAddress,
  traceAddress,
  tracesAddress,
} from '@/lib/telemetry';

it('tells telemetry that is away from a platform that is', () => {
  const problem = (code: string) => new ProblemError(code, '', 503);
  expect(isTelemetryOff(problem('telemetry_unavailable'))).toBe(true);
  expect(isTelemetryOff(problem('telemetry_off'))).toBe(true);
  expect(isTelemetryOff(problem('unavailable'))).toBe(false);
  expect(isTelemetryOff(new Error('telemetry_off'))).toBe(false);
});

it('shows how urgent an alert is once it fires', () => {
  expect([
    alertMark({ state: 'firing', severity: 'page' }),
    alertMark({ state: 'firing', severity: 'ticket' }),
    alertMark({ state: 'pending', severity: 'page' }),
    alertMark({ state: 'inactive', severity: 'page' }),
  ]).toEqual([
    { health: 'bad', label: 'page' },
    { health: 'warn', label: 'ticket' },
    { health: 'busy', label: 'pending' },
    { health: 'good', label: 'silent' },
  ]);
});

it('marks each state of an incident', () => {
  const states = ['open', 'acknowledged', 'resolved'] as const;
  expect(states.map((state) => incidentMark({ state }).health)).toEqual(['bad', 'warn', 'good']);
});

it.each([
  ['ERROR', 'bad'],
  ['critical', 'bad'],
  ['warn', 'warn'],
  ['info', 'busy'],
  ['debug', 'idle'],
  ['LOG', 'busy'],
])('knows how grave %s is', (level, health) => {
  expect(levelHealth(level)).toBe(health);
});

it('leads from one signal to the other, in the same time', () => {
  const range = { from: '2026-01-01T00:00:00.000Z', to: '2026-01-01T01:00:00.000Z' };
  expect(traceAddress('ab', 'cd')).toBe('/traces/ab?span=cd');
  expect(traceAddress('ab', '')).toBe('/traces/ab');
  expect(tracesAddress({ service: 'backend', status: null })).toBe('/traces?service=backend');
  expect(logsAddress({ trace: 'ab' }, { length: '15m' })).toBe('/logs?trace=ab&range=15m');
  expect(metricsAddress('backend', range)).toBe(
    '/metrics/backend?from=2026-01-01T00%3A00%3A00.000Z&to=2026-01-01T01%3A00%3A00.000Z',
  );
  expect(metricsAddress('', { length: '15m' })).toBe('/metrics?range=15m');
  expect(runbookAddress('CacheDown')).toBe('/runbooks/CacheDown');
});
