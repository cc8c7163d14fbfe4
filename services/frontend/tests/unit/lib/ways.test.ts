// From a component to its signals: no way leads to a page that must be empty.
import { expect, it } from 'vitest';
import { waysOf, type Component } from '@/lib/ways';

const components: Component[] = [
  { name: 'backend', kind: 'backend' },
  { name: 'database', kind: 'database' },
  { name: 'cache', kind: 'cache' },
];
const here = { components, hasLinesOfStores: true };
const range = { length: '15m' } as const;

it('asks for a service by its name', () => {
  expect(waysOf('backend', here, range)).toEqual({
    errorTraces: '/traces?service=backend&status=error&range=15m',
    traces: '/traces?service=backend&range=15m',
    logs: '/logs?service=backend&range=15m',
    metrics: '/metrics/backend?range=15m',
  });
});

it.each([
  ['database', 'postgresql'],
  ['cache', 'redis'],
])('asks for the spans of who calls the %s, and for its own lines', (name, system) => {
  expect(waysOf(name, here, range)).toEqual({
    errorTraces: `/traces?attribute=db.system.name%3A${system}&status=error&range=15m`,
    traces: `/traces?attribute=db.system.name%3A${system}&range=15m`,
    logs: `/logs?service=${name}&range=15m`,
    metrics: '/metrics?range=15m',
  });
});

it('asks for no lines of a store where none are kept', () => {
  const there = { components, hasLinesOfStores: false };
  expect(waysOf('database', there, range).logs).toBe('/logs?range=15m');
  expect(waysOf('backend', there, range).logs).toBe('/logs?service=backend&range=15m');
});

it('takes a name for a service while nothing is known of it', () => {
  const unknown = { components: undefined, hasLinesOfStores: false };
  expect(waysOf('node', unknown, range).logs).toBe('/logs?service=node&range=15m');
  expect(waysOf('', unknown, range).metrics).toBe('/metrics?range=15m');
});

it.each(['node', ''])('shows all of the time where "%s" is no component', (name) => {
  expect(waysOf(name, here, undefined)).toEqual({
    errorTraces: '/traces?status=error',
    traces: '/traces',
    logs: '/logs',
    metrics: '/metrics',
  });
});
