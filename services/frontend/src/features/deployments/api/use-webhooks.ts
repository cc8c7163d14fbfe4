// Webhooks: list, add, change, ping, and what was sent to them.
import {
  infiniteQueryOptions,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { answerOf, api } from '@/lib/client';
import type { components } from '@/lib/schema';

export type Webhook = components['schemas']['Webhook'];
export type MadeWebhook = components['schemas']['MadeWebhook'];
export type WebhookDelivery = components['schemas']['WebhookDelivery'];

/** The events that a webhook may choose; none chosen means all. */
export const eventTypes = [
  'release.created',
  'deployment.created',
  'deployment.state',
  'deployment.taken',
  'deployment.approval',
  'deployment.progress',
  'deployment.artifact',
  'incident.opened',
  'incident.acknowledged',
  'incident.escalated',
  'incident.resolved',
  'incident.reopened',
] as const;

const webhooksQuery = infiniteQueryOptions({
  queryKey: ['webhooks'],
  queryFn: ({ signal, pageParam }) => {
    const query = { limit: 50, ...(pageParam === null ? {} : { after: pageParam }) };
    return answerOf(api.GET('/api/v1/delivery/webhooks', { params: { query }, signal }));
  },
  initialPageParam: null as string | null,
  getNextPageParam: (page) => page.next,
});

export const useWebhooks = () => useInfiniteQuery(webhooksQuery);

const deliveriesKey = (webhook: string) => ['webhook-deliveries', webhook];

export function useWebhookDeliveries(webhook: string) {
  return useQuery({
    queryKey: deliveriesKey(webhook),
    queryFn: ({ signal }) =>
      answerOf(
        api.GET('/api/v1/delivery/webhooks/{webhook}/deliveries', {
          params: { path: { webhook }, query: { limit: 20 } },
          signal,
        }),
      ),
    refetchInterval: 3_000,
  });
}

export interface NewWebhook {
  url: string;
  types: string[];
  environment: string | null;
  /** Made once per form, so that a repeated create is one create. */
  key: string;
}

export function useAddWebhook() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ key, ...body }: NewWebhook) =>
      answerOf(
        api.POST('/api/v1/delivery/webhooks', {
          params: { header: { 'Idempotency-Key': key } },
          body,
        }),
      ),
    onSettled: () => queries.invalidateQueries({ queryKey: webhooksQuery.queryKey }),
  });
}

/** Turn a webhook on or off; it shows at once and is taken back when it was refused. */
export function useTurnWebhook() {
  const queries = useQueryClient();
  const { queryKey } = webhooksQuery;
  return useMutation({
    mutationFn: ({ id, enabled }: Pick<Webhook, 'id' | 'enabled'>) =>
      answerOf(
        api.PATCH('/api/v1/delivery/webhooks/{webhook}', {
          params: { path: { webhook: id } },
          body: { enabled },
        }),
      ),
    onMutate: async ({ id, enabled }) => {
      await queries.cancelQueries({ queryKey });
      const before = queries.getQueryData(queryKey);
      if (before !== undefined) {
        const change = (item: Webhook) => (item.id === id ? { ...item, enabled } : item);
        const pages = before.pages.map((page) => ({ ...page, items: page.items.map(change) }));
        queries.setQueryData(queryKey, { ...before, pages });
      }
      return { before };
    },
    onError: (_error, _change, context) => {
      if (context?.before !== undefined) queries.setQueryData(queryKey, context.before);
    },
    onSettled: () => queries.invalidateQueries({ queryKey }),
  });
}

export function useDeleteWebhook() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (webhook: string) =>
      answerOf(
        api.DELETE('/api/v1/delivery/webhooks/{webhook}', { params: { path: { webhook } } }),
      ),
    onSettled: () => queries.invalidateQueries({ queryKey: webhooksQuery.queryKey }),
  });
}

export function usePingWebhook() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (webhook: string) =>
      answerOf(
        api.POST('/api/v1/delivery/webhooks/{webhook}/pings', {
          params: { path: { webhook } },
        }),
      ),
    onSettled: (_answer, _error, webhook) =>
      queries.invalidateQueries({ queryKey: deliveriesKey(webhook) }),
  });
}

export function useResend(webhook: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (delivery: string) =>
      answerOf(
        api.POST('/api/v1/delivery/webhooks/{webhook}/deliveries/{delivery}/attempts', {
          params: { path: { webhook, delivery } },
        }),
      ),
    onSettled: () => queries.invalidateQueries({ queryKey: deliveriesKey(webhook) }),
  });
}
