// Releases as the rows of a CSV file.
import type { DeliveryEnvironment, Release } from '@/lib/delivery';
import { placesOf } from './placement';

export const columns = [
  'service',
  'version',
  'digest',
  'commit',
  'built_by',
  'built_at',
  'created_by',
  'created_at',
  'sbom',
  'live_in',
  'id',
] as const;

/** One row a release, in the order of `columns`. */
export function rowsOf(
  releases: readonly Release[],
  environments: readonly DeliveryEnvironment[],
): (string | null)[][] {
  return releases.map((release) => {
    const live = placesOf(release.id, environments).map(({ environment }) => environment);
    const found = { ...release, live_in: live.join(' ') };
    return columns.map((column) => found[column]);
  });
}
