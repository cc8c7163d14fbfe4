// What the live state means: one colour and one word per replica, per component, for the whole.
import type { PlatformState, ReplicaState } from './catalog';
import { wordsOf } from './words';

/** good: serves. busy: on its way. warn: needs watching. bad: broken. idle: not running here. */
export type Health = 'good' | 'busy' | 'warn' | 'bad' | 'idle';

const byState: Record<string, Health> = {
  ready: 'good',
  running: 'good',
  pending: 'busy',
  starting: 'busy',
  stopping: 'busy',
  unready: 'warn',
  backoff: 'warn',
  degraded: 'warn',
  failed: 'bad',
  stopped: 'idle',
};

const english = {
  ready: 'ready',
  running: 'running',
  pending: 'pending',
  starting: 'starting',
  stopping: 'stopping',
  unready: 'not ready',
  backoff: 'restarting',
  degraded: 'degraded',
  failed: 'failed',
  stopped: 'stopped',
  rolling: 'rolling',
  absent: 'not on this machine',
  'all.good': 'All ready',
  'all.busy': 'Changing',
  'all.warn': 'Degraded',
  'all.bad': 'Something failed',
  'all.idle': 'Nothing runs',
} as const;

const t = wordsOf('health', english);

const isKnown = (state: string): state is keyof typeof english => Object.hasOwn(english, state);

/** The health of a state's word; a word that is not known counts as one to watch. */
export const healthOf = (state: string): Health => byState[state] ?? 'warn';

/** A state in the words that people read. */
export const stateLabel = (state: string): string => (isKnown(state) ? t(state) : state);

export interface ComponentHealth {
  health: Health;
  label: string;
  replicas: ReplicaState[];
  ready: number;
}

/** The health of one component: bad only when none of its replicas serves. */
export function componentHealth(name: string, state: PlatformState | undefined): ComponentHealth {
  const replicas = (state?.components ?? [])
    .filter((component) => component.name === name)
    .sort((one, other) => one.replica - other.replica);
  const ready = replicas.filter((replica) => healthOf(replica.state) === 'good').length;
  return { replicas, ready, ...verdict(replicas, ready) };
}

function verdict(replicas: ReplicaState[], ready: number): { health: Health; label: string } {
  if (replicas.length === 0) return { health: 'idle', label: t('absent') };
  if (ready === replicas.length) return { health: 'good', label: t('ready') };
  const worst = replicas.map((replica) => healthOf(replica.state));
  if (ready > 0) {
    const rolling = worst.every((health) => health === 'good' || health === 'busy');
    return rolling
      ? { health: 'busy', label: t('rolling') }
      : { health: 'warn', label: t('degraded') };
  }
  const first = (health: Health): ReplicaState | undefined =>
    replicas.find((replica) => healthOf(replica.state) === health);
  const shown = first('bad') ?? first('warn') ?? first('busy') ?? replicas[0];
  const state = shown?.state ?? 'stopped';
  return { health: healthOf(state), label: stateLabel(state) };
}

export interface PlatformHealth {
  health: Health;
  label: string;
  ready: number;
  total: number;
  /** Replicas that need somebody's eye, the worst first. */
  troubled: ReplicaState[];
}

/** The health of everything, with the replicas that are broken or need watching. */
export function platformHealth(state: PlatformState): PlatformHealth {
  const rank: Record<Health, number> = { bad: 0, warn: 1, busy: 2, idle: 3, good: 4 };
  const troubled = state.components
    .filter((replica) => ['bad', 'warn'].includes(healthOf(replica.state)))
    .sort((one, other) => rank[healthOf(one.state)] - rank[healthOf(other.state)]);
  const total = state.components.length;
  const ready = state.components.filter((replica) => healthOf(replica.state) === 'good').length;
  const busy = state.components.some((replica) => healthOf(replica.state) === 'busy');
  const health = worstOf(troubled) ?? (busy ? 'busy' : total === 0 ? 'idle' : 'good');
  return { health, label: t(`all.${health}`), ready, total, troubled };
}

function worstOf(troubled: readonly ReplicaState[]): 'bad' | 'warn' | null {
  if (troubled.length === 0) return null;
  return troubled.some((replica) => healthOf(replica.state) === 'bad') ? 'bad' : 'warn';
}
