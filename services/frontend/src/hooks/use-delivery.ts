// What several pages read of deliveries: environments, the newest deployments, and the events.
import {
  infiniteQueryOptions,
  queryOptions,
  useInfiniteQuery,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { useEffect, useSyncExternalStore } from 'react';
import { answerOf, api, session, streamed } from '@/lib/client';
import type { DeploymentState } from '@/lib/delivery';
import { applyEvent, deliveryKeys } from '@/lib/delivery-cache';
import { Follower, type Liveness } from '@/lib/follower';

/** How often is asked while events do not come by themselves, in milliseconds. */
const askEvery = 5_000;

const follower = new Follower({
  open: (after, signal) => {
    const url = new URL('/api/v1/delivery/events', globalThis.location.origin);
    const last = after === null ? {} : { 'last-event-id': after };
    const headers = { accept: streamed, ...last };
    return session.authorized(new Request(url, { headers, signal, cache: 'no-store' }));
  },
  visible: () => document.visibilityState === 'visible',
  onVisibility: (listener) => {
    document.addEventListener('visibilitychange', listener);
  },
  random: () => Math.random(),
});

export function useLiveness(): Liveness {
  return useSyncExternalStore(follower.subscribe, follower.snapshot);
}

/** Keep what is shown of deliveries up to date while the page is open. */
export function useDeliveries(): Liveness {
  const queries = useQueryClient();
  useEffect(
    () =>
      follower.join((event) => {
        applyEvent(queries, event);
      }),
    [queries],
  );
  return useLiveness();
}

/** The interval of a query that events keep fresh: none while they come. */
export function useAskEvery(): number | false {
  return useLiveness() === 'waiting' ? askEvery : false;
}

export const deliveryEnvironmentsQuery = queryOptions({
  queryKey: deliveryKeys.environments,
  queryFn: ({ signal }) => answerOf(api.GET('/api/v1/delivery/environments', { signal })),
});

export function useDeliveryEnvironments() {
  return useQuery({ ...deliveryEnvironmentsQuery, refetchInterval: useAskEvery() });
}

export interface DeploymentFilter {
  environment: string;
  service: string;
  state: DeploymentState | '';
}

export const everyDeployment: DeploymentFilter = { environment: '', service: '', state: '' };

export const deploymentsQuery = (filter: DeploymentFilter, limit: number) =>
  infiniteQueryOptions({
    queryKey: [...deliveryKeys.lists, filter, limit],
    queryFn: ({ signal, pageParam }) => {
      const { environment, service, state } = filter;
      const query = {
        limit,
        ...(environment === '' ? {} : { environment }),
        ...(service === '' ? {} : { service }),
        ...(state === '' ? {} : { state }),
        ...(pageParam === null ? {} : { after: pageParam }),
      };
      return answerOf(api.GET('/api/v1/delivery/deployments', { params: { query }, signal }));
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });

/** Deployments, latest first. */
export function useDeployments(filter: DeploymentFilter, limit = 50) {
  return useInfiniteQuery({
    ...deploymentsQuery(filter, limit),
    refetchInterval: useAskEvery(),
  });
}
