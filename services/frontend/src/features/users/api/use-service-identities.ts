// Service identities: machines that call with tokens of their own.
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { answerOf, api } from '@/lib/client';
import type { components } from '@/lib/schema';

export type ServiceIdentity = components['schemas']['ServiceIdentity'];

interface NewServiceIdentity {
  name: string;
  role: ServiceIdentity['role'];
  /** Made once per form, so that a repeated create is one create. */
  idempotencyKey: string;
}

const queryKey = ['service-identities'];

export function useServiceIdentities() {
  return useInfiniteQuery({
    queryKey,
    queryFn: ({ signal, pageParam }) => {
      const query = { limit: 50, ...(pageParam === null ? {} : { after: pageParam }) };
      return answerOf(
        api.GET('/api/v1/identity/service-identities', { params: { query }, signal }),
      );
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });
}

export function useCreateServiceIdentity() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ idempotencyKey, ...body }: NewServiceIdentity) =>
      answerOf(
        api.POST('/api/v1/identity/service-identities', {
          params: { header: { 'Idempotency-Key': idempotencyKey } },
          body,
        }),
      ),
    onSuccess: () => queries.invalidateQueries({ queryKey }),
  });
}

export function useDeleteServiceIdentity() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (service: string) =>
      answerOf(
        api.DELETE('/api/v1/identity/service-identities/{service}', {
          params: { path: { service } },
        }),
      ),
    onSettled: () => queries.invalidateQueries({ queryKey }),
  });
}
