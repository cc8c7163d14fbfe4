// The catalog's words, by the names that the console uses for them.
import type { components } from './schema';

type Schemas = components['schemas'];

export type Platform = Schemas['Platform'];
export type Service = Schemas['Service'];
export type ServiceDetail = Schemas['ServiceDetail'];
export type Arrow = Schemas['Arrow'];
export type Environment = Schemas['Environment'];
export type PlatformState = Schemas['State'];
export type ReplicaState = Schemas['LiveComponent'];
export type Annotation = Schemas['Annotation'];
export type Tier = Service['tier'];

export const tiers: readonly { id: Tier; label: string; hint: string }[] = [
  { id: 'edge', label: 'Edge', hint: 'Reached from the internet' },
  { id: 'application', label: 'Application', hint: 'Private subnets' },
  { id: 'data', label: 'Data', hint: 'No way in from outside' },
];

const kinds: Record<string, string> = {
  static: 'Static site',
  gateway: 'Gateway',
  authorization: 'Authorisation',
  backend: 'Backend',
  service: 'Service',
  database: 'PostgreSQL',
  cache: 'Redis',
  storage: 'Object storage',
};

/** A component's kind in words. */
export const kindLabel = (kind: string): string => kinds[kind] ?? kind;
