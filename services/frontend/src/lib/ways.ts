// Where the signals of a component are: what their pages are asked for, by what it is.
import type { Service } from './catalog';
import type { Range } from './range';
import { logsAddress, metricsAddress, tracesAddress } from './telemetry';

/** What the catalog knows of a component. */
export type Component = Pick<Service, 'name' | 'kind'>;

export interface Known {
  /** Undefined while the catalog has not been read: names are then taken for services. */
  components: readonly Component[] | undefined;
  /** Whether lines of the stores are kept: those of managed ones stay where they run. */
  hasLinesOfStores: boolean;
}

export interface Ways {
  errorTraces: string;
  traces: string;
  logs: string;
  metrics: string;
}

/** Stores write no spans: those of who asks them name their system. */
const systems: Partial<Record<Service['kind'], string>> = {
  database: 'postgresql',
  cache: 'redis',
};

/**
 * The ways to the signals of a time. Alerts are also about what is no component, as a machine:
 * no trace and no line is of that name, so everything of the time is shown.
 */
export function waysOf(
  service: string,
  { components, hasLinesOfStores }: Known,
  range: Range | undefined,
): Ways {
  const kind = kindOf(service, components);
  const system = kind === undefined ? undefined : systems[kind];
  const isStore = system !== undefined;
  const known = kind === undefined ? {} : { service };
  const traced = isStore ? { attribute: `db.system.name:${system}` } : known;
  return {
    errorTraces: tracesAddress({ ...traced, status: 'error' }, range),
    traces: tracesAddress(traced, range),
    logs: logsAddress(isStore && !hasLinesOfStores ? {} : known, range),
    // Charts of machines and stores stand on the page of the whole platform.
    metrics: metricsAddress(kind === undefined || isStore ? '' : service, range),
  };
}

function kindOf(name: string, components: Known['components']): Service['kind'] | undefined {
  if (components === undefined) return name === '' ? undefined : 'service';
  return components.find((each) => each.name === name)?.kind;
}
