// Which log lines are asked for, as it stands in the address and as the API takes it.

export const levels = ['error', 'warning', 'info', 'debug'] as const;
export type Level = (typeof levels)[number];

export interface LogFilter {
  text: string;
  service: string;
  replica: string;
  /** The least grave that is shown. */
  level: Level | '';
  trace: string;
  /** A name, a colon and a value. */
  attribute: string;
}

export const everyLine: LogFilter = {
  text: '',
  service: '',
  replica: '',
  level: '',
  trace: '',
  attribute: '',
};

/** Read a filter from an address; what makes no sense there counts as left out. */
export function filterOf(search: URLSearchParams): LogFilter {
  const get = (name: string): string => search.get(name) ?? '';
  return {
    text: get('text'),
    service: get('service'),
    replica: get('replica'),
    level: levels.find((known) => known === get('level')) ?? '',
    trace: get('trace'),
    attribute: get('attribute'),
  };
}

/** The filter as an address keeps it. */
export const searchOf = (filter: LogFilter): Record<string, string> =>
  Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== ''));

/** The filter as the API takes it; what is still being typed counts as left out. */
export function queryOf({ text, service, replica, level, trace, attribute }: LogFilter) {
  const words = text.trim();
  return {
    ...(words === '' ? {} : { text: words }),
    ...(service === '' ? {} : { service }),
    ...(replica === '' ? {} : { replica }),
    ...(level === '' ? {} : { level }),
    ...(/^[0-9a-f]{32}$/.test(trace) ? { trace_id: trace } : {}),
    ...(/^[\w.-]+:./.test(attribute) ? { attribute } : {}),
  };
}
