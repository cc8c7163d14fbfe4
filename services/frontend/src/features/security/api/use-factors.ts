// The caller's factors: list, add, rename, remove, and the recovery codes that stand in for one.
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { FirstCode } from '@/components/totp-setup';
import type { MadePasskey } from '@/components/passkey-setup';
import { meQuery } from '@/hooks/use-me';
import { answerOf, api } from '@/lib/client';
import type { components } from '@/lib/schema';

export type Factor = components['schemas']['Factor'];

const factorsQuery = queryOptions({
  queryKey: ['factors'],
  queryFn: ({ signal }) => answerOf(api.GET('/api/v1/identity/factors', { signal })),
});

export const useFactors = () => useQuery(factorsQuery);

/** Factors changed: the list, and what the API says of the caller, are asked for again. */
function useRefresh() {
  const queries = useQueryClient();
  return () =>
    Promise.all([
      queries.invalidateQueries({ queryKey: factorsQuery.queryKey }),
      queries.invalidateQueries({ queryKey: meQuery.queryKey }),
    ]);
}

export const beginTotp = () => answerOf(api.POST('/api/v1/identity/factors/totp'));
export const beginPasskey = () => answerOf(api.POST('/api/v1/identity/factors/passkey'));

export function useConfirmTotp() {
  const onSuccess = useRefresh();
  return useMutation({
    mutationFn: (body: FirstCode) =>
      answerOf(api.POST('/api/v1/identity/factors/totp/confirm', { body })),
    onSuccess,
  });
}

export function useConfirmPasskey() {
  const onSuccess = useRefresh();
  return useMutation({
    mutationFn: (body: MadePasskey) =>
      answerOf(api.POST('/api/v1/identity/factors/passkey/confirm', { body })),
    onSuccess,
  });
}

export function useRenameFactor() {
  const onSuccess = useRefresh();
  return useMutation({
    mutationFn: ({ id, name }: Pick<Factor, 'id' | 'name'>) =>
      answerOf(
        api.PATCH('/api/v1/identity/factors/{factor}', {
          params: { path: { factor: id } },
          body: { name },
        }),
      ),
    onSuccess,
  });
}

export function useRemoveFactor() {
  const onSuccess = useRefresh();
  return useMutation({
    mutationFn: (factor: string) =>
      answerOf(api.DELETE('/api/v1/identity/factors/{factor}', { params: { path: { factor } } })),
    onSuccess,
  });
}

export function useRenewCodes() {
  const onSuccess = useRefresh();
  return useMutation({
    mutationFn: () => answerOf(api.POST('/api/v1/identity/factors/recovery-codes')),
    onSuccess,
  });
}
