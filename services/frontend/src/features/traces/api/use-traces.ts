// Traces: the search, one trace, and what they may be searched by.
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { retrySignals } from '@/hooks/use-signals';
import { answerOf, api } from '@/lib/client';
import { queryOfRange, refreshOf, type Range } from '@/lib/range';
import { queryOf, type TraceFilter } from '../filter';

/** Traces, latest first; the first page is asked for again while the time moves on. */
export function useTraces(filter: TraceFilter, range: Range) {
  const asked = queryOf(filter);
  return useInfiniteQuery({
    queryKey: ['telemetry', 'traces', asked, range],
    queryFn: ({ signal, pageParam }) => {
      const after = pageParam === null ? {} : { after: pageParam };
      const query = { ...asked, ...queryOfRange(range, Date.now()), limit: 50, ...after };
      return answerOf(api.GET('/api/v1/telemetry/traces', { params: { query }, signal }));
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    refetchInterval: ({ state }) =>
      (state.data?.pages.length ?? 0) > 1 ? false : refreshOf(range),
    placeholderData: keepPreviousData,
    retry: retrySignals,
  });
}

export function useTrace(trace: string) {
  return useQuery({
    queryKey: ['telemetry', 'trace', trace],
    queryFn: ({ signal }) =>
      answerOf(
        api.GET('/api/v1/telemetry/traces/{trace}', { params: { path: { trace } }, signal }),
      ),
    retry: retrySignals,
  });
}

export function useTracedServices() {
  return useQuery({
    queryKey: ['telemetry', 'traced-services'],
    queryFn: ({ signal }) => answerOf(api.GET('/api/v1/telemetry/services', { signal })),
    staleTime: 30_000,
    retry: retrySignals,
  });
}
