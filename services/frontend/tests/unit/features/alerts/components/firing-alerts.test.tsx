// What fires is said with the ways to look closer; telemetry that is away is no fault of the page.
import { screen } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import { FiringAlerts } from '@/features/alerts/components/firing-alerts';
import { show } from '../../../../render';
import { alert, found } from '../made';

const others: Record<string, unknown> = {
  '/api/v1/catalog/services': { items: [{ name: 'cache', kind: 'cache' }], next: null },
  '/api/v1/telemetry/state': { signals: [{ signal: 'logs', kind: 'store' }] },
};

const answer = (body: unknown, status = 200): void => {
  vi.stubGlobal('fetch', (asked: Request) => {
    const other = others[new URL(asked.url).pathname];
    return Promise.resolve(Response.json(other ?? body, { status: other ? 200 : status }));
  });
};

it('leads to the runbook and to the signals of the service', async () => {
  const firing = alert('CacheDown', {
    state: 'firing',
    found: [found('firing', { service: 'cache' })],
  });
  answer({ items: [firing], next: null });
  show(<FiringAlerts />);
  expect(await screen.findByText('Redis does not answer')).toBeTruthy();
  const ways = (): string[] =>
    screen.getAllByRole('link').map((link) => link.getAttribute('href') ?? '');
  await vi.waitFor(() => {
    expect(ways()[2]).toContain('attribute=db.system.name%3Aredis&status=error');
  });
  expect(ways().map((way) => way.split('?')[0])).toEqual([
    '/runbooks/CacheDown',
    '/metrics',
    '/traces',
    '/logs',
  ]);
});

it('says that nothing fires, and how much is checked', async () => {
  answer({ items: [alert('CacheDown'), alert('DatabaseDown')], next: null });
  show(<FiringAlerts />);
  expect(await screen.findByText('2 rules are checked again and again.')).toBeTruthy();
});

it('tells rules that cannot be checked', async () => {
  answer({ items: [alert('CacheDown', { problem: 'no such metric' })], next: null });
  show(<FiringAlerts />);
  expect(await screen.findByText(/could not be checked: no such metric/)).toBeTruthy();
});

it('stays calm where telemetry is away', async () => {
  answer({ code: 'telemetry_unavailable', detail: 'no answer within 1.8 s' }, 503);
  show(<FiringAlerts />);
  expect((await screen.findByRole('status', { name: '' })).textContent).toContain(
    'Signals cannot be read now',
  );
});
