// How many sessions the caller has, and how to end all but this one.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answerOf, api } from '@/lib/client';

/** The key under which the sessions' own page keeps them, too. */
const queryKey = ['sessions'];

export function useSessions() {
  return useQuery({
    queryKey,
    queryFn: ({ signal }) => answerOf(api.GET('/api/v1/identity/sessions', { signal })),
  });
}

export function useEndOthers() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => answerOf(api.DELETE('/api/v1/identity/sessions')),
    onSettled: () => queries.invalidateQueries({ queryKey }),
  });
}
