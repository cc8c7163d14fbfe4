// Which availability zone each replica belongs to: replicas are spread one zone after the other,
// as the spread constraints of the cluster do. On one machine the zone is the planned one.
import type { Service } from '@/lib/catalog';
import { healthOf, stateLabel, type ComponentHealth, type Health } from '@/lib/health';
import { t } from './words';

export interface Pip {
  replica: number;
  /** Null while nothing is known of the replica. */
  health: Health | null;
  label: string;
}

export interface Zone {
  name: string;
  pips: Pip[];
}

/** The replicas of a service by zone: the live ones, or the declared ones when none is known. */
export function zonesOf(
  service: Service,
  live: ComponentHealth,
  names: readonly string[],
): Zone[] {
  const zones = names.length > 0 ? names : [''];
  const pips = live.replicas.length > 0 ? livePips(live) : declaredPips(service);
  return zones.map((name, index) => ({
    name,
    pips: pips.filter((pip) => (pip.replica - 1) % zones.length === index),
  }));
}

const livePips = (live: ComponentHealth): Pip[] =>
  live.replicas.map((replica) => ({
    replica: replica.replica,
    health: healthOf(replica.state),
    label: `${String(replica.replica)}: ${stateLabel(replica.state)}`,
  }));

const declaredPips = (service: Service): Pip[] =>
  Array.from({ length: service.replicas.min }, (_, index) => ({
    replica: index + 1,
    health: null,
    label: t('notHere', { replica: index + 1 }),
  }));

/** The short name of a zone: the letter of `us-east-1a`. */
export const zoneLetter = (name: string): string => /\d([a-z])$/.exec(name)?.[1] ?? name;
