// From a component to its signals: a store's traces are those of who asks it.
import { screen } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import { SignalLinks } from '@/components/signal-links';
import { show } from '../../render';

const answers: Record<string, unknown> = {
  '/api/v1/catalog/services': { items: [{ name: 'database', kind: 'database' }], next: null },
  '/api/v1/telemetry/state': { signals: [{ signal: 'logs', kind: 'elasticsearch' }] },
};

const ways = (): string[] =>
  screen.getAllByRole('link').map((link) => link.getAttribute('href') ?? '');

it('leads to pages that are not empty, as the catalog and the keeper of lines say', async () => {
  vi.stubGlobal('fetch', (asked: Request) =>
    Promise.resolve(Response.json(answers[new URL(asked.url).pathname])),
  );
  show(<SignalLinks service="database" />);
  await vi.waitFor(() => {
    expect(ways()).toEqual(['/metrics', '/traces?attribute=db.system.name%3Apostgresql', '/logs']);
  });
});

it('takes a service for one while nothing can be read, and leaves the own page out', () => {
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('no network')));
  show(<SignalLinks service="backend" without="metrics" />);
  expect(ways()).toEqual(['/traces?service=backend', '/logs?service=backend']);
});
