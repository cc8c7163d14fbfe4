// What an event changes of what was read before: at once where it says so, else by reading anew.
import type { InfiniteData, QueryClient, QueryKey } from '@tanstack/react-query';
import type { DeliveryEvent, Deployment, DeploymentDetail } from './delivery';

/** The names under which deliveries are kept. */
export const deliveryKeys = {
  all: ['delivery'],
  environments: ['delivery', 'environments'],
  lists: ['delivery', 'deployments'],
  releases: ['delivery', 'releases'],
  deployment: (id: string) => ['delivery', 'deployment', id],
  events: (id: string) => ['delivery', 'events', id],
} as const;

export interface DeploymentPage {
  items: Deployment[];
  next: string | null;
}

/** Events that come together cause one reading. */
const together = 250;

const waiting = new WeakMap<QueryClient, Map<string, QueryKey>>();

/** Bring what is shown up to an event; null stands for events that were missed. */
export function applyEvent(queries: QueryClient, event: DeliveryEvent | null): void {
  if (event === null) {
    void queries.invalidateQueries({ queryKey: deliveryKeys.all });
    return;
  }
  const { deployment } = event;
  if (deployment === undefined) {
    renew(queries, [deliveryKeys.releases]);
    return;
  }
  addEvent(queries, deployment, event);
  if (event.type === 'deployment.progress') return;
  if (event.state !== undefined) setState(queries, deployment, event);
  renew(queries, [
    deliveryKeys.deployment(deployment),
    deliveryKeys.lists,
    deliveryKeys.environments,
  ]);
}

function addEvent(queries: QueryClient, deployment: string, event: DeliveryEvent): void {
  queries.setQueryData<DeliveryEvent[]>(deliveryKeys.events(deployment), (known) => {
    if (known === undefined || known.some(({ id }) => id === event.id)) return known;
    return [...known, event].sort((one, other) => one.id - other.id);
  });
}

function setState(queries: QueryClient, deployment: string, event: DeliveryEvent): void {
  const { state, reason = '', at } = event;
  if (state === undefined) return;
  changeDeployment(queries, deployment, { state, reason, updated_at: at });
}

/** Change a deployment wherever it is shown. */
export function changeDeployment(
  queries: QueryClient,
  deployment: string,
  change: Partial<Deployment>,
): void {
  queries.setQueryData<DeploymentDetail>(deliveryKeys.deployment(deployment), (known) =>
    known === undefined ? known : { ...known, ...change },
  );
  queries.setQueriesData<InfiniteData<DeploymentPage>>(
    { queryKey: deliveryKeys.lists },
    (known) =>
      known === undefined
        ? known
        : {
            ...known,
            pages: known.pages.map((page) => ({
              ...page,
              items: page.items.map((item) =>
                item.id === deployment ? { ...item, ...change } : item,
              ),
            })),
          },
  );
}

function renew(queries: QueryClient, keys: readonly QueryKey[]): void {
  let due = waiting.get(queries);
  if (due === undefined) {
    due = new Map();
    waiting.set(queries, due);
    const kept = due;
    setTimeout(() => {
      waiting.delete(queries);
      for (const queryKey of kept.values()) void queries.invalidateQueries({ queryKey });
    }, together);
  }
  for (const key of keys) due.set(JSON.stringify(key), key);
}
