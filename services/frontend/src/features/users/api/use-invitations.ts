// Invitations: list, send, send again, withdraw.
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { answerOf, api } from '@/lib/client';
import type { components } from '@/lib/schema';

export type Invitation = components['schemas']['Invitation'];

interface NewInvitation {
  email: string;
  role: Invitation['role'];
  /** Made once per form, so that a repeated create is one create. */
  idempotencyKey: string;
}

const queryKey = ['invitations'];

export function useInvitations() {
  return useInfiniteQuery({
    queryKey,
    queryFn: ({ signal, pageParam }) => {
      const query = { limit: 50, ...(pageParam === null ? {} : { after: pageParam }) };
      return answerOf(api.GET('/api/v1/identity/invitations', { params: { query }, signal }));
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });
}

/** After a change the list, and the mails of this machine, are asked for again. */
function useRefresh() {
  const queries = useQueryClient();
  return () =>
    Promise.all([
      queries.invalidateQueries({ queryKey }),
      queries.invalidateQueries({ queryKey: ['mails'] }),
    ]);
}

export function useInvite() {
  const onSuccess = useRefresh();
  return useMutation({
    mutationFn: ({ idempotencyKey, ...body }: NewInvitation) =>
      answerOf(
        api.POST('/api/v1/identity/invitations', {
          params: { header: { 'Idempotency-Key': idempotencyKey } },
          body,
        }),
      ),
    onSuccess,
  });
}

export function useSendAgain() {
  const onSettled = useRefresh();
  return useMutation({
    mutationFn: (invitation: string) =>
      answerOf(
        api.POST('/api/v1/identity/invitations/{invitation}/send', {
          params: { path: { invitation } },
        }),
      ),
    onSettled,
  });
}

export function useWithdraw() {
  const onSettled = useRefresh();
  return useMutation({
    mutationFn: (invitation: string) =>
      answerOf(
        api.DELETE('/api/v1/identity/invitations/{invitation}', {
          params: { path: { invitation } },
        }),
      ),
    onSettled,
  });
}
