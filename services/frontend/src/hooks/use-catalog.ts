// What several features read of the catalog: the platform, its services, the live state.
import { queryOptions, useQuery } from '@tanstack/react-query';
import type { PlatformState, Service } from '@/lib/catalog';
import { answerOf, api } from '@/lib/client';
import { fetchPublicStatus } from '@/lib/public-status';

/** How often the live state is asked for while the page is looked at, in milliseconds. */
export const stateInterval = 2_000;

/** Pages of services that are read at most: a platform is dozens, not thousands. */
const pageLimit = 100;

async function everyService(signal: AbortSignal): Promise<{ items: Service[]; stale: boolean }> {
  const items: Service[] = [];
  let stale = false;
  let after: string | undefined;
  for (let page = 0; page < pageLimit; page += 1) {
    const query = { limit: 100, ...(after === undefined ? {} : { after }) };
    const answer = await answerOf(
      api.GET('/api/v1/catalog/services', { params: { query }, signal }),
    );
    items.push(...answer.items);
    stale ||= answer.stale === true;
    if (answer.next === null) break;
    after = answer.next;
  }
  return { items, stale };
}

export const platformQuery = queryOptions({
  queryKey: ['catalog', 'platform'],
  queryFn: ({ signal }) => answerOf(api.GET('/api/v1/catalog/platform', { signal })),
  staleTime: 60_000,
});

export const servicesQuery = queryOptions({
  queryKey: ['catalog', 'services', 'all'],
  queryFn: ({ signal }) => everyService(signal),
  staleTime: 60_000,
});

/** The live state, and whether it came past the API because the API could not answer. */
export interface LiveState extends PlatformState {
  degraded: boolean;
}

async function liveState(signal: AbortSignal): Promise<LiveState> {
  try {
    const state = await answerOf(api.GET('/api/v1/catalog/state', { signal }));
    return { ...state, degraded: false };
  } catch (error) {
    if (signal.aborted) throw error;
    const status = await fetchPublicStatus(signal).catch(() => null);
    if (status === null) throw error;
    return { ...status, degraded: true };
  }
}

export const stateQuery = queryOptions({
  queryKey: ['catalog', 'state'],
  queryFn: ({ signal }) => liveState(signal),
  refetchInterval: stateInterval,
  retry: false,
});

export const usePlatform = () => useQuery(platformQuery);
export const useServices = () => useQuery(servicesQuery);
export const useLiveState = () => useQuery(stateQuery);
