// How much flows along the arrows, in words that are short enough for a drawing. Each service counts
// what it is asked; of who asks, only traces tell, and of those only some are kept: so they give
// the callers' shares, and counts alone stand in where nothing was traced.
import type { Health } from '@/lib/health';
import { percent, perSecond } from '@/lib/quantity';
import type { Arrow } from '@/lib/catalog';
import type { Call, ServiceHealth } from '@/lib/telemetry';

export interface Flow {
  requests: number;
  /** The part of them that failed; null where nobody counted. */
  errors: number | null;
  health: Health;
}

export type Traffic = ReadonlyMap<string, Flow>;

/** The part of requests that may fail before an arrow warns, and before it alarms. */
const bounds = { warn: 0.01, bad: 0.05 };

/** The key of an arrow. */
export const arrowKey = (from: string, to: string): string => `${from}>${to}`;

/** What is known of what flows. */
export interface Known {
  calls: readonly Call[];
  services: readonly ServiceHealth[];
}

/** The flows by arrow. */
export function trafficOf(arrows: readonly Arrow[], known: Known): Traffic {
  const flows = new Map<string, Flow>();
  for (const arrow of arrows) {
    const flow = flowOf(arrow, arrows, known);
    if (flow !== null) flows.set(arrowKey(arrow.source, arrow.target), flow);
  }
  return flows;
}

function flowOf(arrow: Arrow, arrows: readonly Arrow[], { calls, services }: Known): Flow | null {
  const counted = services.find(({ service }) => service === arrow.target);
  const call = calls.find(({ from, to }) => from === arrow.source && to === arrow.target);
  const isOnlyCaller = arrows.filter(({ target }) => target === arrow.target).length === 1;
  const share = isOnlyCaller ? 1 : shareOf(arrow, calls);
  const traced = call?.requests_per_second ?? null;
  const rate = counted?.requests_per_second ?? null;
  const requests = rate === null || share === null ? traced : rate * share;
  if (requests === null) return null;
  const own = isOnlyCaller ? (counted?.error_ratio ?? null) : null;
  const errors = own ?? call?.error_ratio ?? null;
  return { requests, errors, health: healthOf(errors) };
}

/** Which part of a service's requests one caller sends. */
function shareOf({ source, target }: Arrow, calls: readonly Call[]): number | null {
  const coming = calls.filter(({ to }) => to === target);
  const sum = coming.reduce((all, call) => all + (call.requests_per_second ?? 0), 0);
  if (sum === 0) return null;
  const own = coming.find(({ from }) => from === source)?.requests_per_second ?? 0;
  return own / sum;
}

function healthOf(errors: number | null): Health {
  if (errors === null || errors < bounds.warn) return 'good';
  return errors < bounds.bad ? 'warn' : 'bad';
}

/** A flow beside its arrow: errors only where they are too many to be left out. */
export function flowWords({ requests, errors, health }: Flow): string {
  const rate = perSecond(requests);
  return health === 'good' || errors === null ? rate : `${rate} · ${percent(errors)} errors`;
}

/** What flows to a service in all, as a sentence for those who do not see the arrows. */
export function receivedWords(name: string, traffic: Traffic): string {
  const flows = [...traffic].filter(([key]) => key.endsWith(`>${name}`)).map(([, flow]) => flow);
  if (flows.length === 0) return '';
  const requests = flows.reduce((sum, flow) => sum + flow.requests, 0);
  const failed = flows.reduce((sum, flow) => sum + flow.requests * (flow.errors ?? 0), 0);
  const ratio = requests === 0 ? 0 : failed / requests;
  return `, asked ${perSecond(requests)}, ${percent(ratio)} errors`;
}
