// Deliveries in the console's words: states, what they mean, how builds are named.
import type { Health } from './health';
import type { components } from './schema';
import { wordsOf } from './words';

type Schemas = components['schemas'];

export type Deployment = Schemas['Deployment'];
export type DeploymentDetail = Schemas['DeploymentDetail'];
export type DeliveryEvent = Schemas['DeliveryEvent'];
export type DeliveryEnvironment = Schemas['DeliveryEnvironment'];
export type LiveService = Schemas['LiveService'];
export type Release = Schemas['Release'];
export type DeploymentState = Deployment['state'];

/** In the order in which a deployment passes them. */
export const deploymentStates = [
  'awaiting_approval',
  'planned',
  'applying',
  'verifying',
  'live',
  'failed',
  'rolled_back',
] as const satisfies readonly DeploymentState[];

const health: Record<DeploymentState, Health> = {
  awaiting_approval: 'warn',
  planned: 'idle',
  applying: 'busy',
  verifying: 'busy',
  live: 'good',
  failed: 'bad',
  rolled_back: 'warn',
};

const label = wordsOf('delivery', {
  awaiting_approval: 'awaiting approval',
  planned: 'planned',
  applying: 'applying',
  verifying: 'verifying',
  live: 'live',
  failed: 'failed',
  rolled_back: 'rolled back',
  replaced: 'replaced',
});

export interface StateMark {
  health: Health;
  label: string;
}

/** The mark of a state on its own. */
export const markOf = (state: DeploymentState): StateMark => ({
  health: health[state],
  label: label(state),
});

/** The mark of a deployment: one that was live and has a successor is replaced. */
export const deploymentMark = (deployment: Deployment): StateMark =>
  deployment.state === 'live' && deployment.superseded
    ? { health: 'idle', label: label('replaced') }
    : markOf(deployment.state);

/** What a deployment is called in lists and titles. */
export function subjectOf(deployment: Pick<Deployment, 'kind' | 'services'>): string {
  if (deployment.kind === 'infrastructure') return 'infrastructure';
  return deployment.services.join(', ');
}

/** A digest or commit in the length in which people compare them. */
export function short(digest: string): string {
  return digest.replace(/^sha256:/, '').slice(0, 12);
}
