// The builds that can be deployed, latest first.
import { useInfiniteQuery } from '@tanstack/react-query';
import { answerOf, api } from '@/lib/client';
import { deliveryKeys } from '@/lib/delivery-cache';
import { useAskEvery } from './use-delivery';

/** The releases of a service, or of all with an empty name. */
export function useReleases(service: string, limit = 50) {
  return useInfiniteQuery({
    queryKey: [...deliveryKeys.releases, service, limit],
    queryFn: ({ signal, pageParam }) => {
      const query = {
        limit,
        ...(service === '' ? {} : { service }),
        ...(pageParam === null ? {} : { after: pageParam }),
      };
      return answerOf(api.GET('/api/v1/delivery/releases', { params: { query }, signal }));
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    refetchInterval: useAskEvery(),
  });
}
