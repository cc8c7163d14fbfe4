// The public state of the platform: a file that nginx serves even when everything behind is down.
import type { PlatformState } from './catalog';

interface PublicStatus {
  state: string;
  updated_at?: string;
  components: {
    name: string;
    replica: number;
    kind: string;
    state: string;
    detail?: string;
  }[];
}

/** Read `/status.json` in the shape of the live state; what is not public in it is null. */
export async function fetchPublicStatus(signal?: AbortSignal): Promise<PlatformState> {
  const init: RequestInit = signal === undefined ? {} : { signal };
  const response = await fetch('/status.json', { ...init, cache: 'no-store' });
  if (!response.ok) throw new Error(`status.json: ${String(response.status)}`);
  const status = (await response.json()) as PublicStatus;
  return {
    state: status.state,
    updated_at: status.updated_at ?? null,
    components: status.components.map((component) => ({
      ...component,
      detail: component.detail ?? '',
      pid: null,
      port: null,
      restarts: 0,
      started_at: null,
      log: [],
    })),
  };
}
