// Channels: who is told of incidents.
import {
  infiniteQueryOptions,
  useInfiniteQuery,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query';
import { answerOf, api } from '@/lib/client';
import type { components } from '@/lib/schema';

export type Channel = components['schemas']['Channel'];
type NewChannel = components['schemas']['NewChannel'];

const channelsQuery = infiniteQueryOptions({
  queryKey: ['channels'],
  queryFn: ({ signal, pageParam }) => {
    const query = { limit: 50, ...(pageParam === null ? {} : { after: pageParam }) };
    return answerOf(api.GET('/api/v1/incidents/channels', { params: { query }, signal }));
  },
  initialPageParam: null as string | null,
  getNextPageParam: (page) => page.next,
});

export const useChannels = () => useInfiniteQuery(channelsQuery);

/** Something that changes channels; the list is read anew after it. */
function useDeed<V>(deed: (given: V) => Promise<unknown>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: deed,
    onSettled: () => queries.invalidateQueries({ queryKey: channelsQuery.queryKey }),
  });
}

/** `key` is made once per form, so that a repeated create is one create. */
export const useAddChannel = () =>
  useDeed(({ key, ...body }: NewChannel & { key: string }) =>
    answerOf(
      api.POST('/api/v1/incidents/channels', {
        params: { header: { 'Idempotency-Key': key } },
        body,
      }),
    ),
  );

export const useTurnChannel = () =>
  useDeed(({ id, enabled }: Pick<Channel, 'id' | 'enabled'>) =>
    answerOf(
      api.PATCH('/api/v1/incidents/channels/{channel}', {
        params: { path: { channel: id } },
        body: { enabled },
      }),
    ),
  );

export const useDeleteChannel = () =>
  useDeed((channel: string) =>
    answerOf(
      api.DELETE('/api/v1/incidents/channels/{channel}', { params: { path: { channel } } }),
    ),
  );

export const useTestChannel = () =>
  useDeed((channel: string) =>
    answerOf(
      api.POST('/api/v1/incidents/channels/{channel}/tests', { params: { path: { channel } } }),
    ),
  );
