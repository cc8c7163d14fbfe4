// The caller as the API knows him: whether he has a second factor, and whether he must.
import { queryOptions, useQuery } from '@tanstack/react-query';
import { answerOf, api } from '@/lib/client';

export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: ({ signal }) => answerOf(api.GET('/api/v1/identity/me', { signal })),
  staleTime: 60_000,
});

export const useMe = () => useQuery(meQuery);
