// The audit record: pages of events, one event, the actions, the proof, the export.
import {
  keepPreviousData,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { answerOf, api } from '@/lib/client';
import type { components } from '@/lib/schema';
import { queryOf, type EventFilter } from '../filter';

export type AuditEvent = components['schemas']['AuditEvent'];
export type AuditEventDetail = components['schemas']['AuditEventDetail'];
export type Verification = components['schemas']['Verification'];

export function useEvents(filter: EventFilter) {
  return useInfiniteQuery({
    queryKey: ['audit', 'events', filter],
    queryFn: ({ signal, pageParam }) => {
      const after = pageParam === null ? {} : { after: pageParam };
      const query = { limit: 50, ...queryOf(filter), ...after };
      return answerOf(api.GET('/api/v1/audit/events', { params: { query }, signal }));
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  });
}

export function useEvent(event: string) {
  return useQuery({
    queryKey: ['audit', 'event', event],
    queryFn: ({ signal }) =>
      answerOf(api.GET('/api/v1/audit/events/{event}', { params: { path: { event } }, signal })),
  });
}

export function useActions() {
  return useQuery({
    queryKey: ['audit', 'actions'],
    queryFn: ({ signal }) => answerOf(api.GET('/api/v1/audit/actions', { signal })),
    staleTime: 60_000,
  });
}

const verificationKey = ['audit', 'verification'];

export function useVerification() {
  return useQuery({
    queryKey: verificationKey,
    queryFn: ({ signal }) => answerOf(api.GET('/api/v1/audit/verification', { signal })),
    refetchInterval: 5_000,
  });
}

export function useVerify() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => answerOf(api.POST('/api/v1/audit/verification')),
    onSettled: () => queries.invalidateQueries({ queryKey: verificationKey }),
  });
}

export type Format = 'csv' | 'jsonl';

/** The whole export as text; the server streams it, the browser keeps it until it is saved. */
export async function exported(filter: EventFilter, format: Format): Promise<string> {
  const query = { ...queryOf(filter), format };
  return answerOf(api.GET('/api/v1/audit/export', { params: { query }, parseAs: 'text' }));
}
