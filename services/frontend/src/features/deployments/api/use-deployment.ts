// One deployment: what it is, what happened, and the decisions on it.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useAskEvery } from '@/hooks/use-delivery';
import { answerOf, api } from '@/lib/client';
import type { DeliveryEvent, Deployment, DeploymentDetail } from '@/lib/delivery';
import { changeDeployment, deliveryKeys } from '@/lib/delivery-cache';

export function useDeployment(id: string) {
  return useQuery({
    queryKey: deliveryKeys.deployment(id),
    queryFn: ({ signal }) =>
      answerOf(
        api.GET('/api/v1/delivery/deployments/{deployment}', {
          params: { path: { deployment: id } },
          signal,
        }),
      ),
    refetchInterval: useAskEvery(),
  });
}

/** Pages of events that are read at most; a hundred each. */
const mostPages = 20;

async function everyEvent(id: string, signal: AbortSignal): Promise<DeliveryEvent[]> {
  const items: DeliveryEvent[] = [];
  let after: string | null = null;
  for (let page = 0; page < mostPages; page += 1) {
    const query: { limit: number; after?: string } = { limit: 100 };
    if (after !== null) query.after = after;
    const answer: { items: DeliveryEvent[]; next: string | null } = await answerOf(
      api.GET('/api/v1/delivery/deployments/{deployment}/events', {
        params: { path: { deployment: id }, query },
        signal,
      }),
    );
    items.push(...answer.items);
    after = answer.next;
    if (after === null) break;
  }
  return items;
}

export function useDeploymentEvents(id: string) {
  return useQuery({
    queryKey: deliveryKeys.events(id),
    queryFn: ({ signal }) => everyEvent(id, signal),
    refetchInterval: useAskEvery(),
  });
}

export type Decision = 'approve' | 'reject';

export interface Deciding {
  deployment: DeploymentDetail;
  decision: Decision;
  note: string;
}

/** The deployment as it will be once a decision counts. */
export function decided({ deployment, decision }: Deciding): Partial<Deployment> {
  if (decision === 'reject') return { state: 'failed' };
  const approved = deployment.approved + 1;
  const enough = approved >= deployment.approvals_required;
  return enough ? { approved, state: 'planned' } : { approved };
}

/** Decide; it shows at once and is taken back when it was refused. */
export function useDecide() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ deployment, decision, note }: Deciding) =>
      answerOf(
        api.POST('/api/v1/delivery/deployments/{deployment}/approvals', {
          params: {
            path: { deployment: deployment.id },
            // Only what was looked at is decided on.
            header: { 'If-Match': `"${String(deployment.revision)}"` },
          },
          body: { decision, note },
        }),
      ),
    onMutate: async (deciding) => {
      const { id } = deciding.deployment;
      await queries.cancelQueries({ queryKey: deliveryKeys.deployment(id) });
      changeDeployment(queries, id, decided(deciding));
    },
    onError: (_error, { deployment }) => {
      const { state, approved } = deployment;
      changeDeployment(queries, deployment.id, { state, approved });
    },
    onSuccess: (answer) => {
      queries.setQueryData(deliveryKeys.deployment(answer.id), answer);
    },
    onSettled: () => queries.invalidateQueries({ queryKey: deliveryKeys.all }),
  });
}

/** Go back to what a deployment replaced; answers with the deployment that does it. */
export function useRollBack() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ id, key }: { id: string; key: string }) =>
      answerOf(
        api.POST('/api/v1/delivery/deployments/{deployment}/rollbacks', {
          params: { path: { deployment: id }, header: { 'Idempotency-Key': key } },
          body: { note: '' },
        }),
      ),
    onSettled: () => queries.invalidateQueries({ queryKey: deliveryKeys.all }),
  });
}

export interface NewDeployment {
  release: string;
  environment: string;
  note: string;
  /** Made once per form, so that a repeated create is one create. */
  key: string;
}

export function useDeploy() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ release, environment, note, key }: NewDeployment) =>
      answerOf(
        api.POST('/api/v1/delivery/deployments', {
          params: { header: { 'Idempotency-Key': key } },
          body: { kind: 'release', releases: [release], environment, note },
        }),
      ),
    onSuccess: (made) => {
      queries.setQueryData(deliveryKeys.deployment(made.id), made);
    },
    onSettled: () => queries.invalidateQueries({ queryKey: deliveryKeys.all }),
  });
}
