// Which files are asked for, as the address keeps it.
import type { components } from '@/lib/schema';

export type Kind = components['schemas']['Artifact']['kind'];

export const kinds = [
  'plan',
  'cost',
  'drift',
  'report',
  'sbom',
  'backup',
  'release',
  'log',
  'other',
] as const satisfies readonly Kind[];

export interface ArtifactFilter {
  q: string;
  kind: Kind | '';
}

/** Read a filter from an address; a kind that does not exist counts as left out. */
export function filterOf(search: URLSearchParams): ArtifactFilter {
  const kind = search.get('kind');
  return { q: search.get('q') ?? '', kind: kinds.find((known) => known === kind) ?? '' };
}

/** The filter as an address keeps it. */
export function searchOf(filter: ArtifactFilter): URLSearchParams {
  return new URLSearchParams(Object.entries(filter).filter(([, value]) => value !== ''));
}
