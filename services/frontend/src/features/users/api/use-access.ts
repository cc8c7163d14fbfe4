// What an administrator undoes of somebody else: sessions, factors, the account itself.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answerOf, api } from '@/lib/client';
import type { components } from '@/lib/schema';

export type UserSession = components['schemas']['Session'];

const sessionsKey = (user: string) => ['users', 'sessions', user];

export function useUserSessions(user: string) {
  return useQuery({
    queryKey: sessionsKey(user),
    queryFn: ({ signal }) =>
      answerOf(
        api.GET('/api/v1/identity/users/{user}/sessions', { params: { path: { user } }, signal }),
      ),
  });
}

export function useEndSession(user: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (session: string) =>
      answerOf(
        api.DELETE('/api/v1/identity/users/{user}/sessions/{session}', {
          params: { path: { user, session } },
        }),
      ),
    onSettled: () => queries.invalidateQueries({ queryKey: sessionsKey(user) }),
  });
}

/** What can be done to a user at once, each after a question. */
export type Undoing = 'sessions' | 'factors' | 'user';

function undo(user: string, what: Undoing): Promise<unknown> {
  const params = { path: { user } };
  if (what === 'sessions') {
    return answerOf(api.DELETE('/api/v1/identity/users/{user}/sessions', { params }));
  }
  if (what === 'factors') {
    return answerOf(api.DELETE('/api/v1/identity/users/{user}/factors', { params }));
  }
  return answerOf(api.DELETE('/api/v1/identity/users/{user}', { params }));
}

export function useUndo(user: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (what: Undoing) => undo(user, what),
    onSettled: () => queries.invalidateQueries({ queryKey: ['users'] }),
  });
}
