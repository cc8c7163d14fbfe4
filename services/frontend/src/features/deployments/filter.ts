// Which deployments are asked for, as the address keeps it.
import type { DeploymentFilter } from '@/hooks/use-delivery';
import { deploymentStates } from '@/lib/delivery';

/** Read a filter from an address; a state that does not exist counts as left out. */
export function filterOf(search: URLSearchParams): DeploymentFilter {
  const state = search.get('state');
  return {
    environment: search.get('environment') ?? '',
    service: search.get('service') ?? '',
    state: deploymentStates.find((known) => known === state) ?? '',
  };
}

/** The filter as an address keeps it. */
export function searchOf(filter: DeploymentFilter): URLSearchParams {
  return new URLSearchParams(Object.entries(filter).filter(([, value]) => value !== ''));
}
