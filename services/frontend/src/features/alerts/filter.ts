// Which incidents are asked for, as it stands in the address and as the API takes it.

export const states = ['unresolved', 'open', 'acknowledged', 'resolved'] as const;
export type StateAsked = (typeof states)[number];

export const severities = ['page', 'ticket'] as const;
export type Severity = (typeof severities)[number];

export interface IncidentFilter {
  state: StateAsked | '';
  severity: Severity | '';
  service: string;
}

export const everyIncident: IncidentFilter = { state: '', severity: '', service: '' };

/** Read a filter from an address; what does not exist counts as left out. */
export function filterOf(search: URLSearchParams): IncidentFilter {
  return {
    state: states.find((known) => known === search.get('state')) ?? '',
    severity: severities.find((known) => known === search.get('severity')) ?? '',
    service: search.get('service') ?? '',
  };
}

/** The filter as an address keeps it. */
export const searchOf = (filter: IncidentFilter): Record<string, string> =>
  Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== ''));

/** The filter as the API takes it. */
export const queryOf = ({ state, severity, service }: IncidentFilter) => ({
  ...(state === '' ? {} : { state }),
  ...(severity === '' ? {} : { severity }),
  ...(service === '' ? {} : { service }),
});
