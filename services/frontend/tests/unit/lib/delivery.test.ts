// The words and marks of deliveries.
import { expect, it } from 'vitest';
import { deploymentMark, deploymentStates, markOf, short, subjectOf } from '@/lib/delivery';
import { deployment } from '../../made';

it('every state has a word without an underscore', () => {
  for (const state of deploymentStates) expect(markOf(state).label).toMatch(/^[a-z ]+$/);
});

it('a live deployment with a successor is replaced', () => {
  expect(deploymentMark(deployment({ state: 'live' })).label).toBe('live');
  expect(deploymentMark(deployment({ state: 'live', superseded: true })).label).toBe('replaced');
});

it('is called by its services, or as infrastructure', () => {
  expect(subjectOf({ kind: 'release', services: ['backend', 'web'] })).toBe('backend, web');
  expect(subjectOf({ kind: 'infrastructure', services: [] })).toBe('infrastructure');
});

it('shortens digests and commits alike', () => {
  expect(short('sha256:0123456789abcdef')).toBe('0123456789ab');
});
