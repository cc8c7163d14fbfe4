// Services, replicas and states for tests, with only what a test says of them.
import type { PlatformState, ReplicaState, Service } from '@/lib/catalog';
import type {
  DeliveryEnvironment,
  DeliveryEvent,
  DeploymentDetail,
  Release,
} from '@/lib/delivery';

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

export const deployment = (more: Partial<DeploymentDetail> = {}): DeploymentDetail => ({
  id: 'd1',
  environment: 'prod',
  kind: 'release',
  services: ['backend'],
  state: 'awaiting_approval',
  note: '',
  reason: '',
  revision: 3,
  requested_by: 'grace@groundplan.example',
  approvals_required: 1,
  approved: 0,
  rollback_of: null,
  superseded: false,
  agent: null,
  created_at: '2026-01-01T00:00:00Z',
  updated_at: '2026-01-01T00:00:00Z',
  finished_at: null,
  releases: [{ service: 'backend', release: release('1.5.0'), previous: release('1.4.0') }],
  approvals: [],
  artifacts: [],
  rolled_back_by: null,
  can_roll_back: false,
  ...more,
});

export const release = (version: string, service = 'backend'): Release => ({
  id: `${service} ${version}`,
  service,
  version,
  digest: `sha256:${'ab'.repeat(32)}`,
  commit: null,
  sbom: null,
  built_by: 'ci',
  built_at: '2026-01-01T00:00:00Z',
  created_by: null,
  created_at: '2026-01-01T00:00:00Z',
});

export const environment = (
  name: string,
  version: string | null,
  approvals = 0,
): DeliveryEnvironment => ({
  name,
  approvals,
  services: [
    {
      service: 'backend',
      release: version === null ? null : release(version),
      deployment: version === null ? null : 'd0',
      since: version === null ? null : '2026-01-01T00:00:00Z',
      coming: null,
      coming_state: null,
    },
  ],
});

export const deliveryEvent = (
  id: number,
  type: DeliveryEvent['type'],
  more: Partial<DeliveryEvent> = {},
): DeliveryEvent => ({
  id,
  at: '2026-01-01T00:00:00Z',
  type,
  by: 'grace@groundplan.example',
  services: ['backend'],
  deployment: 'd1',
  ...more,
});
