// What the platform file says of a service, as names and values. The catalog passes it on in the
// file's own shape, so what is not known by name is still shown.
import type { Fact } from '@/components/facts';
import type { ServiceDetail } from '@/lib/catalog';
import { cores, mebibytes } from '@/lib/quantity';
import { span } from '@/lib/time';
import { t } from './words';

/** A route as the platform file has it; times are in seconds. */
export interface Route {
  path: string;
  auth?: string;
  roles?: { read: string; write: string };
  limit?: { requests: number; per: number } | null;
}

type Values = Readonly<Record<string, unknown>>;

const isValues = (value: unknown): value is Values =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The routes, without what is none. */
export function routesOf(service: ServiceDetail): Route[] {
  const routes: readonly unknown[] = service.routes;
  return routes.filter(
    (route): route is Route => isValues(route) && typeof route.path === 'string',
  );
}

/** The limits of the whole service, in words. */
export function limitFacts(service: ServiceDetail): Fact[] {
  const limits: unknown = service.limits;
  if (!isValues(limits)) return [];
  const { requests, per, body, ...others } = limits;
  const rate = t('rate', { requests: written(requests), span: span(Number(per ?? 60)) });
  return [
    ...(requests === undefined ? [] : [[t('requests'), rate] as const]),
    ...(body === undefined
      ? []
      : [[t('body'), t('atMost', { size: mebibytes(Number(body)) })] as const]),
    ...Object.entries(others).map(factOf),
  ];
}

/** Requests and limits of processor and memory, in words. */
export function resourceFacts(service: ServiceDetail): Fact[] {
  const resources: unknown = service.resources;
  return isValues(resources) ? Object.entries(resources).map(factOf) : [];
}

function factOf([name, value]: readonly [string, unknown]): Fact {
  return [label(name), isValues(value) ? pairs(value) : written(value)];
}

const pairs = (values: Values): string =>
  Object.entries(values)
    .map(([name, value]) => `${quantity(name, value)} ${label(name).toLowerCase()}`)
    .join(', ');

function quantity(name: string, value: unknown): string {
  if (typeof value !== 'number') return written(value);
  if (name === 'cpu') return cores(value);
  return name === 'memory' ? mebibytes(value) : String(value);
}

const written = (value: unknown): string =>
  typeof value === 'string' ? value : JSON.stringify(value);

function label(name: string): string {
  const words = name.replaceAll('_', ' ').replaceAll(/([a-z])([A-Z])/g, '$1 $2');
  return words.charAt(0).toUpperCase() + words.slice(1).toLowerCase();
}
