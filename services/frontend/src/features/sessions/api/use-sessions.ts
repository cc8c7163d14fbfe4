// The caller's sessions, and how to end one.
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answerOf, api } from '@/lib/client';
import type { components } from '@/lib/schema';

export type SignInSession = components['schemas']['Session'];

const sessionsQuery = queryOptions({
  queryKey: ['sessions'],
  queryFn: ({ signal }) => answerOf(api.GET('/api/v1/identity/sessions', { signal })),
});

export const useSessions = () => useQuery(sessionsQuery);

/** End one session; it leaves the list at once and comes back when that was refused. */
export function useRevokeSession() {
  const queries = useQueryClient();
  const { queryKey } = sessionsQuery;
  return useMutation({
    mutationFn: (id: string) =>
      answerOf(
        api.DELETE('/api/v1/identity/sessions/{session}', {
          params: { path: { session: id } },
        }),
      ),
    onMutate: async (id) => {
      await queries.cancelQueries({ queryKey });
      const before = queries.getQueryData(queryKey);
      if (before !== undefined) {
        const items = before.items.filter((item) => item.id !== id);
        queries.setQueryData(queryKey, { ...before, items });
      }
      return { before };
    },
    onError: (_error, _id, context) => {
      if (context?.before !== undefined) queries.setQueryData(queryKey, context.before);
    },
    onSettled: () => queries.invalidateQueries({ queryKey }),
  });
}
