// What runs where: one row a service, one cell an environment.
import type { DeliveryEnvironment, DeploymentState, Release } from '@/lib/delivery';

export interface Cell {
  release: Release | null;
  since: string | null;
  /** The deployment that brought the release there. */
  deployment: string | null;
  coming: { deployment: string; state: DeploymentState } | null;
}

export interface RunningRow {
  service: string;
  cells: Cell[];
  differs: boolean;
}

const nothing: Cell = { release: null, since: null, deployment: null, coming: null };

/** The services that were ever delivered, by name, in the order of the environments given. */
export function running(environments: readonly DeliveryEnvironment[]): RunningRow[] {
  const names = environments.flatMap(({ services }) => services.map(({ service }) => service));
  return [...new Set(names)].sort().map((service) => {
    const cells = environments.map((environment) => cellOf(environment, service));
    const builds = new Set(cells.map(({ release }) => release?.id ?? ''));
    return { service, cells, differs: builds.size > 1 };
  });
}

function cellOf({ services }: DeliveryEnvironment, service: string): Cell {
  const found = services.find((one) => one.service === service);
  if (found === undefined) return nothing;
  const { release, since, deployment, coming, coming_state: state } = found;
  return {
    release,
    since,
    deployment,
    coming: coming === null || state === null ? null : { deployment: coming, state },
  };
}
