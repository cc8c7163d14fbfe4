// Which traces are asked for, as it stands in the address and as the API takes it.

export const statuses = ['error', 'ok'] as const;
export type Status = (typeof statuses)[number];

export interface TraceFilter {
  service: string;
  operation: string;
  status: Status | '';
  /** Milliseconds as they were typed. */
  min: string;
  max: string;
  /** A name, a colon and a value, like `http.response.status_code:503`. */
  attribute: string;
}

export const everyTrace: TraceFilter = {
  service: '',
  operation: '',
  status: '',
  min: '',
  max: '',
  attribute: '',
};

const amount = /^\d+(\.\d+)?$/;

/** Read a filter from an address; what makes no sense there counts as left out. */
export function filterOf(search: URLSearchParams): TraceFilter {
  const get = (name: string): string => search.get(name) ?? '';
  const number = (name: string): string => (amount.test(get(name)) ? get(name) : '');
  return {
    service: get('service'),
    operation: get('operation'),
    status: statuses.find((known) => known === get('status')) ?? '',
    min: number('min'),
    max: number('max'),
    attribute: get('attribute'),
  };
}

/** The filter as an address keeps it. */
export const searchOf = (filter: TraceFilter): Record<string, string> =>
  Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== ''));

/** The filter as the API takes it. */
export function queryOf({ service, operation, status, min, max, attribute }: TraceFilter) {
  return {
    ...(service === '' ? {} : { service }),
    ...(operation === '' ? {} : { operation }),
    ...(status === '' ? {} : { status }),
    ...(amount.test(min) ? { min_ms: Number(min) } : {}),
    ...(amount.test(max) ? { max_ms: Number(max) } : {}),
    ...(/^[\w.-]+:./.test(attribute) ? { attribute } : {}),
  };
}
