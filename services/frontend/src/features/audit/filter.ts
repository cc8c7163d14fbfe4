// What is asked of the record, as it stands in the address and as the API takes it.

export const outcomes = ['done', 'refused', 'failed'] as const;
export type Outcome = (typeof outcomes)[number];

export interface EventFilter {
  text: string;
  action: string;
  actor: string;
  outcome: Outcome | '';
  /** Days as the date fields give them, in the reader's own time: `2026-11-23`. */
  from: string;
  to: string;
}

export const nothingAsked: EventFilter = {
  text: '',
  action: '',
  actor: '',
  outcome: '',
  from: '',
  to: '',
};

const day = /^\d{4}-\d{2}-\d{2}$/;

/** Read a filter from an address; what makes no sense there counts as left out. */
export function filterOf(search: URLSearchParams): EventFilter {
  const get = (name: string): string => search.get(name) ?? '';
  const date = (name: string): string => (day.test(get(name)) ? get(name) : '');
  return {
    text: get('text'),
    action: get('action'),
    actor: get('actor'),
    outcome: outcomes.find((outcome) => outcome === get('outcome')) ?? '',
    from: date('from'),
    to: date('to'),
  };
}

/** The filter as an address keeps it. */
export function searchOf(filter: EventFilter): URLSearchParams {
  return new URLSearchParams(Object.entries(filter).filter(([, value]) => value !== ''));
}

/** The filter as the API takes it: whole days become moments, the last day counts too. */
export function queryOf(filter: EventFilter): Partial<Record<keyof EventFilter, string>> & {
  outcome?: Outcome;
} {
  const { outcome, from, to, ...words } = filter;
  return {
    ...Object.fromEntries(
      Object.entries(words)
        .map(([name, value]) => [name, value.trim()] as const)
        .filter(([, value]) => value !== ''),
    ),
    ...(outcome === '' ? {} : { outcome }),
    ...(from === '' ? {} : { from: midnight(from, 0) }),
    ...(to === '' ? {} : { to: midnight(to, 1) }),
  };
}

function midnight(date: string, days: number): string {
  const [year = 0, month = 1, ofMonth = 1] = date.split('-').map(Number);
  return new Date(year, month - 1, ofMonth + days).toISOString();
}
