// Environments side by side: one row a fact, one cell an environment, and whether cells differ.
import type { Environment } from '@/lib/catalog';
import { t } from './words';

export interface Row {
  name: string;
  cells: string[];
  differs: boolean;
}

export interface Comparison {
  environments: string[];
  replicas: Row[];
  database: Row[];
}

const none = '–';

/** Compare environments in the order given. */
export function compare(environments: readonly Environment[]): Comparison {
  const services = keysOf(environments.map((environment) => environment.replicas));
  const facts = keysOf(environments.map((environment) => environment.database));
  return {
    environments: environments.map((environment) => environment.name),
    replicas: services.map((name) =>
      row(
        name,
        environments.map((environment) => range(environment.replicas[name])),
      ),
    ),
    database: facts.map((name) =>
      row(
        words(name),
        environments.map((environment) => value(environment.database[name])),
      ),
    ),
  };
}

const keysOf = (records: readonly object[]): string[] => [
  ...new Set(records.flatMap((record) => Object.keys(record))),
];

const row = (name: string, cells: string[]): Row => ({
  name,
  cells,
  differs: new Set(cells).size > 1,
});

function range(replicas: { min: number; max: number } | undefined): string {
  if (replicas === undefined) return none;
  const { min, max } = replicas;
  return min === max ? String(min) : t('range', { min, max });
}

function value(raw: unknown): string {
  if (raw === null || raw === undefined) return none;
  if (typeof raw === 'boolean') return raw ? t('yes') : t('no');
  return typeof raw === 'string' ? raw : JSON.stringify(raw);
}

function words(name: string): string {
  const spaced = name
    .replaceAll('_', ' ')
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase();
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}
