// The catalog's words, by the names that the console uses for them.
import type { components } from './schema';
import { wordsOf } from './words';

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

const tierWords = wordsOf('tiers', {
  edge: 'Edge',
  'edge.hint': 'Reached from the internet',
  application: 'Application',
  'application.hint': 'Private subnets',
  data: 'Data',
  'data.hint': 'No way in from outside',
});

interface TierWords {
  readonly id: Tier;
  readonly label: string;
  readonly hint: string;
}

// Getters, so that the words are those of the language at the time of reading.
const tier = (id: Tier): TierWords => ({
  id,
  get label() {
    return tierWords(id);
  },
  get hint() {
    return tierWords(`${id}.hint`);
  },
});

export const tiers: readonly TierWords[] = [tier('edge'), tier('application'), tier('data')];

const kinds = {
  static: 'Static site',
  gateway: 'Gateway',
  authorization: 'Authorisation',
  backend: 'Backend',
  service: 'Service',
  database: 'PostgreSQL',
  cache: 'Redis',
  storage: 'Object storage',
} as const;

const kindWords = wordsOf('kinds', kinds);

const isKind = (kind: string): kind is keyof typeof kinds => Object.hasOwn(kinds, kind);

/** A component's kind in words. */
export const kindLabel = (kind: string): string => (isKind(kind) ? kindWords(kind) : kind);
