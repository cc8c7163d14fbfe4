// The list of services as it is filtered and paged, a page at a time.
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import type { Tier } from '@/lib/catalog';
import { answerOf, api } from '@/lib/client';

export interface ServiceFilter {
  q: string;
  tier: Tier | '';
}

const pageSize = 20;

export function useServiceList(filter: ServiceFilter) {
  return useInfiniteQuery({
    queryKey: ['catalog', 'services', 'list', filter],
    queryFn: ({ signal, pageParam }) => {
      const query = {
        limit: pageSize,
        ...(filter.q === '' ? {} : { q: filter.q }),
        ...(filter.tier === '' ? {} : { tier: filter.tier }),
        ...(pageParam === null ? {} : { after: pageParam }),
      };
      return answerOf(api.GET('/api/v1/catalog/services', { params: { query }, signal }));
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  });
}
