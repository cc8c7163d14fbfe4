// One service of the catalog.
import { queryOptions, useQuery } from '@tanstack/react-query';
import { answerOf, api } from '@/lib/client';

const serviceQuery = (name: string) =>
  queryOptions({
    queryKey: ['catalog', 'service', name],
    queryFn: ({ signal }) =>
      answerOf(api.GET('/api/v1/catalog/services/{name}', { params: { path: { name } }, signal })),
    staleTime: 60_000,
  });

export const useService = (name: string) => useQuery(serviceQuery(name));
