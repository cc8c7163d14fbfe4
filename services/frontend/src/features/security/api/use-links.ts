// Who the caller is at the provider of sign-ins, where one is set.
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answerOf, api } from '@/lib/client';

export function useProvider() {
  return useQuery({
    queryKey: ['oidc-provider'],
    queryFn: ({ signal }) => answerOf(api.GET('/api/v1/identity/oidc/provider', { signal })),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

const linksQuery = queryOptions({
  queryKey: ['oidc-links'],
  queryFn: ({ signal }) => answerOf(api.GET('/api/v1/identity/oidc/links', { signal })),
});

export const useLinks = () => useQuery(linksQuery);

/** Go to the provider; who comes back is linked. */
export function useLink() {
  return useMutation({
    mutationFn: async () => {
      const { location: there } = await answerOf(api.POST('/api/v1/identity/oidc/links'));
      location.assign(there);
    },
  });
}

export function useUnlink() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => answerOf(api.DELETE('/api/v1/identity/oidc/links')),
    onSettled: () => queries.invalidateQueries({ queryKey: linksQuery.queryKey }),
  });
}
