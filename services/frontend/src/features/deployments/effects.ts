// What a decision will do, in sentences: what people read before they confirm it.
import type { DeliveryEnvironment, DeploymentDetail, Release } from '@/lib/delivery';
import { t } from './words';

type Delivered = DeploymentDetail['releases'][number];

/** What happens when one more person approves. */
export function effectsOfApproval(deployment: DeploymentDetail): string[] {
  const missing = deployment.approvals_required - deployment.approved - 1;
  return [...changes(deployment), missing > 0 ? t('stillNeeds', { count: missing }) : t('starts')];
}

function changes({ kind, releases, environment }: DeploymentDetail): string[] {
  if (kind === 'infrastructure') return [t('infrastructure', { environment })];
  return releases.map(({ service, release, previous }) =>
    change(service, release, previous, environment),
  );
}

function change(
  service: string,
  release: Release,
  previous: Release | null,
  environment: string,
): string {
  const to = release.version;
  if (previous === null) return t('first', { service, to, environment });
  if (previous.id === release.id) return t('again', { service, to, environment });
  return t('replaces', { service, to, from: previous.version, environment });
}

/** What happens when somebody rejects. */
export const effectsOfRejection = ({ environment }: DeploymentDetail): string[] => [
  t('rejects', { environment }),
];

/** What happens on the way back. */
export const effectsOfRollback = ({ releases, environment }: DeploymentDetail): string[] => [
  ...releases.map((delivered) => back(delivered, environment)),
  t('atOnce'),
];

function back({ service, release, previous }: Delivered, environment: string): string {
  const from = release.version;
  if (previous === null) return t('goesAway', { service, from, environment });
  return t('goesBack', { service, from, to: previous.version, environment });
}

/** What happens when a release is deployed to an environment. */
export function effectsOfDeployment(release: Release, environment: DeliveryEnvironment): string[] {
  const { service } = release;
  const live = environment.services.find((one) => one.service === service)?.release ?? null;
  return [
    change(service, release, live, environment.name),
    environment.approvals === 0 ? t('needsNone') : t('needs', { count: environment.approvals }),
  ];
}
