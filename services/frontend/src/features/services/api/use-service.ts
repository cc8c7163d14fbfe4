// One service of the catalog.
import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { servicesQuery } from '@/hooks/use-catalog';
import { answerOf, api } from '@/lib/client';

const serviceQuery = (name: string) =>
  queryOptions({
    queryKey: ['catalog', 'service', name],
    queryFn: ({ signal }) =>
      answerOf(
        api.GET('/api/v1/catalog/services/{name}', { params: { path: { name } }, signal }),
      ),
    staleTime: 60_000,
  });

/** The service, at once where the list is already known. */
export function useService(name: string) {
  const queries = useQueryClient();
  return useQuery({
    ...serviceQuery(name),
    placeholderData: () =>
      queries
        .getQueryData(servicesQuery.queryKey)
        ?.items.find((service) => service.name === name),
  });
}
