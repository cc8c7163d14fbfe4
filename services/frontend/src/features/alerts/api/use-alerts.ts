// Alerts, incidents with what people do about them, and runbooks.
import {
  keepPreviousData,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { retrySignals, signalInterval } from '@/hooks/use-signals';
import { answerOf, api } from '@/lib/client';
import type { components } from '@/lib/schema';
import { queryOf, type IncidentFilter } from '../filter';

export type IncidentDetail = components['schemas']['IncidentDetail'];

const incidentsKey = ['incidents'];
const incidentKey = (incident: string) => [...incidentsKey, 'one', incident];

export function useAlerts() {
  return useQuery({
    queryKey: ['telemetry', 'alerts'],
    queryFn: ({ signal }) => answerOf(api.GET('/api/v1/telemetry/alerts', { signal })),
    refetchInterval: signalInterval,
    retry: retrySignals,
  });
}

/** Incidents, latest first. They are kept by the backend: they can be read without telemetry. */
export function useIncidents(filter: IncidentFilter) {
  return useInfiniteQuery({
    queryKey: [...incidentsKey, filter],
    queryFn: ({ signal, pageParam }) => {
      const after = pageParam === null ? {} : { after: pageParam };
      const query = { ...queryOf(filter), limit: 50, ...after };
      return answerOf(api.GET('/api/v1/incidents', { params: { query }, signal }));
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    refetchInterval: ({ state }) => ((state.data?.pages.length ?? 0) > 1 ? false : signalInterval),
    placeholderData: keepPreviousData,
  });
}

export function useIncident(incident: string) {
  return useQuery({
    queryKey: incidentKey(incident),
    queryFn: ({ signal }) =>
      answerOf(
        api.GET('/api/v1/incidents/{incident}', { params: { path: { incident } }, signal }),
      ),
    refetchInterval: signalInterval,
  });
}

/** What a deed leaves: the incident as it is now, and lists that are read anew. */
function useDeed<V>(incident: string, deed: (given: V) => Promise<IncidentDetail>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: deed,
    onSuccess: (answer) => {
      queries.setQueryData(incidentKey(incident), answer);
    },
    onSettled: () => queries.invalidateQueries({ queryKey: incidentsKey }),
  });
}

export function useAcknowledge(incident: string) {
  const params = { path: { incident } };
  return useDeed<undefined>(incident, () =>
    answerOf(api.POST('/api/v1/incidents/{incident}/acknowledgements', { params })),
  );
}

export function useResolve(incident: string) {
  const params = { path: { incident } };
  return useDeed<string>(incident, (text) =>
    answerOf(api.POST('/api/v1/incidents/{incident}/resolutions', { params, body: { text } })),
  );
}

export interface NewNote {
  text: string;
  /** Made once per note, so that a repeated one is one. */
  key: string;
}

export function useAddNote(incident: string) {
  return useDeed<NewNote>(incident, ({ text, key }) => {
    const params = { path: { incident }, header: { 'Idempotency-Key': key } };
    return answerOf(api.POST('/api/v1/incidents/{incident}/notes', { params, body: { text } }));
  });
}

export type Format = 'markdown' | 'json';

/** The whole incident as a file's text. */
export function exported(incident: string, format: Format): Promise<string> {
  const params = { path: { incident }, query: { format } };
  return answerOf(api.GET('/api/v1/incidents/{incident}/export', { params, parseAs: 'text' }));
}

export function useRunbook(runbook: string) {
  return useQuery({
    queryKey: ['telemetry', 'runbook', runbook],
    queryFn: ({ signal }) =>
      answerOf(
        api.GET('/api/v1/telemetry/runbooks/{runbook}', { params: { path: { runbook } }, signal }),
      ),
    staleTime: 60_000,
  });
}

export function useRunbooks() {
  return useQuery({
    queryKey: ['telemetry', 'runbooks'],
    queryFn: ({ signal }) => answerOf(api.GET('/api/v1/telemetry/runbooks', { signal })),
    staleTime: 60_000,
  });
}
