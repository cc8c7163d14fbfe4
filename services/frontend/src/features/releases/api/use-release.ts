// One release, and all of them for a file.
import { useQuery } from '@tanstack/react-query';
import { answerOf, api } from '@/lib/client';
import type { Release } from '@/lib/delivery';
import { deliveryKeys } from '@/lib/delivery-cache';

export function useRelease(release: string) {
  return useQuery({
    queryKey: [...deliveryKeys.releases, 'one', release],
    queryFn: ({ signal }) =>
      answerOf(
        api.GET('/api/v1/delivery/releases/{release}', {
          params: { path: { release } },
          signal,
        }),
      ),
    staleTime: 60_000,
  });
}

/** Pages that an export reads at most; a hundred releases each. */
const mostPages = 200;

/** Every release of a service, or of all with an empty name. */
export async function everyRelease(service: string): Promise<Release[]> {
  const items: Release[] = [];
  let after: string | null = null;
  for (let page = 0; page < mostPages; page += 1) {
    const query: { limit: number; service?: string; after?: string } = { limit: 100 };
    if (service !== '') query.service = service;
    if (after !== null) query.after = after;
    const answer: { items: Release[]; next: string | null } = await answerOf(
      api.GET('/api/v1/delivery/releases', { params: { query } }),
    );
    items.push(...answer.items);
    after = answer.next;
    if (after === null) break;
  }
  return items;
}
