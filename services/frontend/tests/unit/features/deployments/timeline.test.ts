// Events as steps.
import { expect, it } from 'vitest';
import { timelineOf } from '@/features/deployments/timeline';
import { deliveryEvent } from '../../../made';

it('puts progress under the step that it belongs to', () => {
  const steps = timelineOf([
    deliveryEvent(1, 'deployment.created'),
    deliveryEvent(2, 'deployment.state', { state: 'applying' }),
    deliveryEvent(3, 'deployment.progress', { message: 'one', done: 1, total: 2 }),
    deliveryEvent(4, 'deployment.progress', { message: 'two', done: 2, total: 2 }),
    deliveryEvent(5, 'deployment.state', { state: 'failed', reason: 'probe failed' }),
  ]);
  expect(steps.map(({ mark }) => mark.label)).toEqual(['requested', 'applying', 'failed']);
  expect(steps[1]?.progress.map(({ message }) => message)).toEqual(['one', 'two']);
  expect(steps[2]?.note).toBe('probe failed');
});

it('tells decisions, agents and files apart', () => {
  const labels = timelineOf([
    deliveryEvent(1, 'deployment.approval', { decision: 'reject' }),
    deliveryEvent(2, 'deployment.approval', { decision: 'approve' }),
    deliveryEvent(3, 'deployment.taken', { by: 'roller' }),
    deliveryEvent(4, 'deployment.artifact', { kind: 'plan' }),
  ]).map(({ mark }) => mark.label);
  expect(labels).toEqual(['rejected', 'approved', 'taken by roller', 'plan attached']);
});

it('progress before any step is left out', () => {
  expect(timelineOf([deliveryEvent(1, 'deployment.progress')])).toEqual([]);
});
