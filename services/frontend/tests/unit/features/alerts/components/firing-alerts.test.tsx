// What fires is said with the ways to look closer; telemetry that is away is no fault of the page.
import { screen } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import { FiringAlerts } from '@/features/alerts/components/firing-alerts';
import { show } from '../../../../render';
import { alert, found } from '../made';

const answer = (body: unknown, status = 200): void => {
  vi.stubGlobal('fetch', () => Promise.resolve(Response.json(body, { status })));
};

it('leads to the runbook and to the signals of the service', async () => {
  const firing = alert('CacheDown', {
    state: 'firing',
    found: [found('firing', { service: 'cache' })],
  });
  answer({ items: [firing], next: null });
  show(<FiringAlerts />);
  expect(await screen.findByText('Redis does not answer')).toBeTruthy();
  const ways = screen.getAllByRole('link').map((link) => link.getAttribute('href') ?? '');
  expect(ways.map((way) => way.split('?')[0])).toEqual([
    '/runbooks/CacheDown',
    '/metrics/cache',
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
