// What people read before they confirm.
import { expect, it } from 'vitest';
import {
  effectsOfApproval,
  effectsOfDeployment,
  effectsOfRejection,
  effectsOfRollback,
} from '@/features/deployments/effects';
import { deployment, environment, release } from '../../../made';

it('names what an approval starts', () => {
  expect(effectsOfApproval(deployment())).toEqual([
    'backend 1.5.0 replaces 1.4.0 in prod.',
    'It starts as soon as you approve.',
  ]);
});

it('says how many approvals are still missing', () => {
  expect(effectsOfApproval(deployment({ approvals_required: 3 })).at(-1)).toBe(
    'After yours it needs 2 more approvals.',
  );
});

it('names the infrastructure where there are no releases', () => {
  const infrastructure = deployment({ kind: 'infrastructure', services: [], releases: [] });
  expect(effectsOfApproval(infrastructure)[0]).toContain('infrastructure of prod');
});

it('says that a rejection changes nothing', () => {
  expect(effectsOfRejection(deployment())[0]).toContain('Nothing changes in prod');
});

it('names where a rollback leads', () => {
  expect(effectsOfRollback(deployment())[0]).toBe(
    'backend goes back from 1.5.0 to 1.4.0 in prod.',
  );
});

it('compares a release with what is live', () => {
  const made = (version: string | null, approvals: number) =>
    effectsOfDeployment(release('1.5.0'), environment('dev', version, approvals));
  expect(made('1.4.0', 0)).toEqual(['backend 1.5.0 replaces 1.4.0 in dev.', 'It starts at once.']);
  expect(made(null, 1)[0]).toContain('the first release of it in dev');
  expect(made(null, 1)[1]).toBe('It waits until 1 other person has approved.');
  expect(made('1.5.0', 0)[0]).toContain('live in dev already');
});
