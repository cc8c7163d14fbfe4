// The environments of the platform file, as the catalog holds them.
import { useQuery } from '@tanstack/react-query';
import { answerOf, api } from '@/lib/client';

export function useEnvironments() {
  return useQuery({
    queryKey: ['catalog', 'environments'],
    queryFn: ({ signal }) => answerOf(api.GET('/api/v1/catalog/environments', { signal })),
    staleTime: 60_000,
  });
}
