// The provider of sign-ins, where one is set, and the way to it.
import { useMutation, useQuery } from '@tanstack/react-query';
import { answerOf, api, session } from '@/lib/client';

export function useProvider() {
  return useQuery({
    queryKey: ['oidc-provider'],
    queryFn: ({ signal }) => answerOf(api.GET('/api/v1/identity/oidc/provider', { signal })),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
}

/** Go to the provider; who comes back may have a session. */
export function useProviderSignIn() {
  return useMutation({
    mutationFn: async () => {
      const { location: there } = await answerOf(api.POST('/api/v1/identity/oidc/start'));
      session.expect();
      location.assign(there);
    },
  });
}
