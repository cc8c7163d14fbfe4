// What several features read of the signals: who calls whom, log lines, how telemetry itself is.
import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useInfiniteQuery,
  useQuery,
} from '@tanstack/react-query';
import { answerOf, api } from '@/lib/client';
import { ProblemError } from '@/lib/problem';
import { queryOfRange, refreshOf, type Range } from '@/lib/range';
import type { paths } from '@/lib/schema';

/** Telemetry that is away is said at once; the page asks again by itself. */
export const retrySignals = (failures: number, error: unknown): boolean =>
  failures < 1 && error instanceof ProblemError && error.status === 0;

/** How often everything that moves is asked for, in milliseconds. */
export const signalInterval = 5_000;

export function useSignalState() {
  return useQuery({
    queryKey: ['telemetry', 'state'],
    queryFn: ({ signal }) => answerOf(api.GET('/api/v1/telemetry/state', { signal })),
    refetchInterval: 15_000,
    retry: false,
  });
}

/** The services that call each other, with rates, errors and durations of a range. */
export const graphQuery = (range: Range) =>
  queryOptions({
    queryKey: ['telemetry', 'graph', range],
    queryFn: ({ signal }) => {
      const query = queryOfRange(range, Date.now());
      return answerOf(api.GET('/api/v1/telemetry/graph', { params: { query }, signal }));
    },
    refetchInterval: refreshOf(range),
    placeholderData: keepPreviousData,
    retry: retrySignals,
  });

export const useGraph = (range: Range) => useQuery(graphQuery(range));

type OverviewRange = NonNullable<
  NonNullable<paths['/api/v1/telemetry/overview']['get']['parameters']['query']>['range']
>;

/** All services with rate, errors and durations, of a time that ends now. */
export function useOverview(range: OverviewRange) {
  return useQuery({
    queryKey: ['telemetry', 'overview', range],
    queryFn: ({ signal }) =>
      answerOf(api.GET('/api/v1/telemetry/overview', { params: { query: { range } }, signal })),
    refetchInterval: signalInterval,
    placeholderData: keepPreviousData,
    retry: retrySignals,
  });
}

export type LogQuery = NonNullable<paths['/api/v1/telemetry/logs']['get']['parameters']['query']>;

/** Which lines; what is left out matches all. */
export type LogsAsked = Omit<LogQuery, 'from' | 'to' | 'limit' | 'after'>;

const linesQuery = (asked: LogsAsked, range: Range, limit: number) =>
  infiniteQueryOptions({
    queryKey: ['telemetry', 'logs', asked, range, limit],
    queryFn: ({ signal, pageParam }) => {
      const after = pageParam === null ? {} : { after: pageParam };
      const query = { ...asked, ...queryOfRange(range, Date.now()), limit, ...after };
      return answerOf(api.GET('/api/v1/telemetry/logs', { params: { query }, signal }));
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
    retry: retrySignals,
  });

/** Log lines, latest first. */
export const useLines = (asked: LogsAsked, range: Range, limit = 100) =>
  useInfiniteQuery(linesQuery(asked, range, limit));
