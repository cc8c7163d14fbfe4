// Limits and resources of a service as names and values. Their shape is the platform file's own,
// so what is not known by name is still shown.
import type { Fact } from '@/components/facts';
import type { Service } from '@/lib/catalog';
import { span } from '@/lib/time';

type Values = Readonly<Record<string, unknown>>;

const isValues = (value: unknown): value is Values =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The limits of the whole service, in words. */
export function limitFacts(service: Service): Fact[] {
  const limits: unknown = service.limits;
  if (!isValues(limits)) return [];
  const { requests, per_seconds: seconds, ...others } = limits;
  const rate: Fact[] =
    requests === undefined
      ? []
      : [['Requests', `${written(requests)} in ${span(Number(seconds ?? 60))} per caller`]];
  return [...rate, ...Object.entries(others).map(factOf)];
}

/** Requests and limits of processor and memory, in words. */
export function resourceFacts(service: Service): Fact[] {
  const resources: unknown = service.resources;
  return isValues(resources) ? Object.entries(resources).map(factOf) : [];
}

function factOf([name, value]: readonly [string, unknown]): Fact {
  return [label(name), isValues(value) ? pairs(value) : written(value)];
}

const written = (value: unknown): string =>
  typeof value === 'string' ? value : JSON.stringify(value);

const pairs = (values: Values): string =>
  Object.entries(values)
    .map(([name, value]) => `${label(name).toLowerCase()} ${written(value)}`)
    .join(', ');

function label(name: string): string {
  const words = name.replaceAll('_', ' ').replaceAll(/([a-z])([A-Z])/g, '$1 $2');
  return words.charAt(0).toUpperCase() + words.slice(1).toLowerCase();
}
