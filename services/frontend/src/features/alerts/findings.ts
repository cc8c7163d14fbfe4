// Alerts that fire or are about to, one by one: a rule may have found several things at once.
import type { Alert } from '@/lib/telemetry';

export type Found = Alert['found'][number];

export interface Finding {
  key: string;
  alert: Alert;
  found: Found;
}

/** What was found, the most urgent first. */
export function findingsOf(alerts: readonly Alert[]): Finding[] {
  return alerts
    .flatMap((alert) =>
      alert.found.map((found, place) => ({
        key: `${alert.name} ${alert.severity} ${String(place)} ${JSON.stringify(found.labels)}`,
        alert,
        found,
      })),
    )
    .sort((one, other) => rankOf(one) - rankOf(other));
}

function rankOf({ alert, found }: Finding): number {
  if (found.state === 'pending') return 2;
  return alert.severity === 'page' ? 0 : 1;
}

/** The service that a finding is about, by its own labels before those of its rule. */
export const serviceOf = ({ alert, found }: Finding): string =>
  found.labels.service ?? found.labels.job ?? alert.service;

/** Labels that say more than the row already does. */
export function extraLabels({ alert, found }: Finding): [name: string, value: string][] {
  const said = new Set(['alertname', 'severity', 'service', 'job', 'environment', 'namespace']);
  return Object.entries(found.labels).filter(
    ([name, value]) => !said.has(name) && value !== '' && value !== alert.name,
  );
}
