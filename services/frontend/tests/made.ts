// Services, replicas and states for tests, with only what a test says of them.
import type { PlatformState, ReplicaState, Service } from '@/lib/catalog';

export const service = (name: string, more: Partial<Service> = {}): Service => ({
  name,
  kind: 'service',
  tier: 'application',
  description: '',
  replicas: { min: 2, max: 4 },
  calls: [],
  source: `platform.yaml services.${name}`,
  ...more,
});

export const replica = (name: string, number: number, state: string): ReplicaState => ({
  name,
  replica: number,
  kind: 'service',
  state,
  pid: 100 + number,
  port: 9000 + number,
  restarts: 0,
  started_at: '2026-01-01T00:00:00Z',
  detail: '',
  log: [],
});

export const stateOf = (...components: ReplicaState[]): PlatformState => ({
  state: 'ready',
  updated_at: null,
  components,
});

export const json = (
  body: unknown,
  status = 200,
  headers: Record<string, string> = {},
): Response =>
  new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/json', ...headers },
  });
