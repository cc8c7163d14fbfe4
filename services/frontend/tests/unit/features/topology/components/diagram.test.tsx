// The drawing, by what people who do not see it are told.
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';
import { Diagram } from '@/features/topology/components/diagram';
import type { Platform } from '@/lib/catalog';
import { replica, service, stateOf } from '../../../../made';
import { show } from '../../../../render';

const platform: Platform = {
  name: 'groundplan',
  region: 'us-east-1',
  domain: 'groundplan.example',
  owner: 'platform-team',
  environment: 'local',
  zones: ['us-east-1a'],
  network: {},
  tiers: ['edge', 'application', 'data'],
  arrows: [{ source: 'backend', target: 'database' }],
};
const services = [
  service('backend', { kind: 'backend', calls: ['database'] }),
  service('database', { kind: 'database', tier: 'data' }),
];
const state = stateOf(
  replica('backend', 1, 'ready'),
  replica('backend', 2, 'failed'),
  replica('database', 1, 'ready'),
);

it('offers each service as a button that says all that the card shows', () => {
  show(
    <Diagram
      platform={platform}
      services={services}
      state={state}
      traffic={new Map()}
      width={800}
      chosen="database"
      onChoose={vi.fn()}
    />,
  );
  const named = screen.getAllByRole('button').map((each) => each.getAttribute('aria-label'));
  expect(named).toEqual([
    'backend, Backend: degraded, 1 of 2 replicas ready, calls database',
    'database, PostgreSQL: ready, 1 of 1 replicas ready',
  ]);
  expect(screen.getByRole('button', { pressed: true }).getAttribute('aria-label')).toContain(
    'database',
  );
});

it('is used with the keyboard alone', async () => {
  const onChoose = vi.fn();
  show(
    <Diagram
      platform={platform}
      services={services}
      state={undefined}
      traffic={new Map()}
      width={800}
      chosen={null}
      onChoose={onChoose}
    />,
  );
  screen.getByRole('button', { name: /^database/ }).focus();
  await userEvent.keyboard('{Enter}');
  expect(onChoose).toHaveBeenCalledWith('database');
});
