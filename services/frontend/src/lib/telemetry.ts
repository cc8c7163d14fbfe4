// Signals in the console's words: what they are called, how they are, and where each leads.
import type { Health } from './health';
import { ProblemError } from './problem';
import { searchOfRange, type Range } from './range';
import type { components } from './schema';
import { wordsOf } from './words';

type Schemas = components['schemas'];

export type TraceTitle = Schemas['TraceTitle'];
export type Trace = Schemas['Trace'];
export type Span = Schemas['Span'];
export type LogLine = Schemas['LogLine'];
export type Call = Schemas['Call'];
export type ServiceHealth = Schemas['ServiceHealth'];
export type Alert = Schemas['Alert'];
export type Incident = Schemas['Incident'];

const t = wordsOf('telemetry', {
  inactive: 'silent',
  pending: 'pending',
  open: 'open',
  acknowledged: 'acknowledged',
  resolved: 'resolved',
});

/** Whether signals cannot be read at all, while the rest of the platform is fine. */
export const isTelemetryOff = (error: unknown): boolean =>
  error instanceof ProblemError && error.code.startsWith('telemetry_');

export interface Mark {
  health: Health;
  label: string;
}

/** The mark of an alert: how urgent it is, once it fires. */
export function alertMark({ state, severity }: Pick<Alert, 'state' | 'severity'>): Mark {
  if (state === 'inactive') return { health: 'good', label: t('inactive') };
  if (state === 'pending') return { health: 'busy', label: t('pending') };
  return { health: severity === 'page' ? 'bad' : 'warn', label: severity };
}

/** The mark of an incident. */
export function incidentMark({ state }: Pick<Incident, 'state'>): Mark {
  const health = { open: 'bad', acknowledged: 'warn', resolved: 'good' } as const;
  return { health: health[state], label: t(state) };
}

/** The health of a log line by its level, however it is spelt. */
export function levelHealth(level: string): Health {
  if (/^(fatal|crit|err|panic|alert|emerg)/i.test(level)) return 'bad';
  if (/^warn/i.test(level)) return 'warn';
  return /^(debug|trace)/i.test(level) ? 'idle' : 'busy';
}

type Asked = Readonly<Record<string, string | null | undefined>>;

function address(path: string, asked: Asked, range?: Range): string {
  const given = Object.entries(asked).filter(
    (entry): entry is [string, string] => entry[1] != null && entry[1] !== '',
  );
  const search = new URLSearchParams([
    ...given,
    ...Object.entries(range === undefined ? {} : searchOfRange(range)),
  ]);
  return search.size === 0 ? path : `${path}?${search.toString()}`;
}

/** The page of one trace; a span opens with it. */
export const traceAddress = (trace: string, span?: string | null): string =>
  address(`/traces/${encodeURIComponent(trace)}`, { span });

/** The search for traces. */
export const tracesAddress = (asked: Asked, range?: Range): string =>
  address('/traces', asked, range);

/** The search for log lines. */
export const logsAddress = (asked: Asked, range?: Range): string => address('/logs', asked, range);

/** The metrics of a service; those of the whole platform where it is none. */
export const metricsAddress = (service: string, range?: Range): string =>
  address(service === '' ? '/metrics' : `/metrics/${encodeURIComponent(service)}`, {}, range);

/** The runbook of an alert. */
export const runbookAddress = (name: string): string => `/runbooks/${encodeURIComponent(name)}`;
