// What flows along the arrows, in words that fit a drawing.
import { expect, it } from 'vitest';
import { arrowKey, flowWords, receivedWords, trafficOf } from '@/features/topology/traffic';
import type { Call, ServiceHealth } from '@/lib/telemetry';

const call = (from: string, to: string, rate: number | null, errors = 0): Call => ({
  from,
  to,
  requests_per_second: rate,
  error_ratio: errors,
  p95_ms: null,
});

const counted = (service: string, rate: number | null, errors: number | null): ServiceHealth => ({
  service,
  replicas: 2,
  up: 2,
  requests_per_second: rate,
  error_ratio: errors,
  p50_ms: null,
  p95_ms: null,
  p99_ms: null,
});

const arrow = (source: string, target: string) => ({ source, target });
const arrows = [
  arrow('', 'frontend'),
  arrow('frontend', 'gateway'),
  arrow('gateway', 'backend'),
  arrow('orders', 'backend'),
  arrow('backend', 'cache'),
  arrow('backend', 'database'),
];

const traffic = trafficOf(arrows, {
  // One request of ten was traced.
  calls: [
    call('gateway', 'backend', 3, 0.1),
    call('orders', 'backend', 1, 0.021),
    call('backend', 'cache', 4),
  ],
  services: [
    counted('frontend', 24, 0),
    counted('gateway', 40, 0.021),
    counted('backend', 40, 0.08),
    counted('cache', null, null),
  ],
});

it('believes what a service counts, and parts it among its callers as traces do', () => {
  const requests = (from: string, to: string) => traffic.get(arrowKey(from, to))?.requests;
  expect([
    requests('', 'frontend'),
    requests('frontend', 'gateway'),
    requests('gateway', 'backend'),
    requests('orders', 'backend'),
    requests('backend', 'cache'),
    requests('backend', 'database'),
  ]).toEqual([24, 40, 30, 10, 4, undefined]);
});

it('marks an arrow by the share of errors', () => {
  const health = (from: string, to: string) => traffic.get(arrowKey(from, to))?.health;
  expect([
    health('', 'frontend'),
    health('frontend', 'gateway'),
    health('gateway', 'backend'),
  ]).toEqual(['good', 'warn', 'bad']);
});

it('tells errors where there are too many, and the rate alone where not', () => {
  expect([
    flowWords(traffic.get('>frontend')!),
    flowWords(traffic.get('frontend>gateway')!),
  ]).toEqual(['24/s', '40/s · 2.1 % errors']);
});

it('adds up what flows to a service', () => {
  expect(receivedWords('backend', traffic)).toBe(', asked 40/s, 8.03 % errors');
  expect(receivedWords('database', traffic)).toBe('');
});

it('says nothing of shares where nothing was traced', () => {
  const untraced = trafficOf(arrows, { calls: [], services: [counted('backend', 40, 0)] });
  expect([...untraced.keys()]).toEqual([]);
});
