// Objectives in words: how much was promised, what is left of the budget, how long it lasts.
import type { Health } from '@/lib/health';
import { figure } from '@/lib/quantity';
import type { components } from '@/lib/schema';
import { t } from './words';

export type Objective = components['schemas']['Objective'];
export type BurnRate = Objective['burn_rates'][number];

const healths: Record<Objective['state'], Health> = {
  met: 'good',
  burning: 'warn',
  exhausted: 'bad',
  unknown: 'idle',
};

/** The mark of an objective. */
export const objectiveMark = ({ state }: Objective) => ({
  health: healths[state],
  label: t(state),
});

/** A share with as many digits as it was promised with: 99.9 %, 99.95 %. */
export function share(ratio: number, digits = 3): string {
  return `${String(Number((ratio * 100).toFixed(digits)))} %`;
}

/** How much of the period was measured, rounded down: the budget left is that of all of it. */
export const seen = ({ seen_days: days, period_days: count }: Objective): string =>
  days === null ? '–' : t('seenDays', { seen: String(Math.floor(days * 10) / 10), count });

/** How fast the budget is used, as a multiple of what the period allows. */
export const pace = (rate: number | null): string => (rate === null ? '–' : `${figure(rate)}×`);

/** The factors above which an alert comes, by the window they are measured over. */
const factors: Record<string, number> = { '5m': 14.4, '1h': 14.4, '30m': 6, '6h': 6, '3d': 1 };

/** Whether a rate is one that an alert waits for. */
export function burnHealth({ window, rate }: BurnRate): Health {
  if (rate === null) return 'idle';
  const most = factors[window] ?? 1;
  if (rate > most) return 'bad';
  return rate > 1 ? 'warn' : 'good';
}

/** The factor of a window, for those who read the table. */
export const factorOf = (window: string): number | null => factors[window] ?? null;

const day = 86_400;

/** When nothing is left at the present pace, in words. */
export function exhaustion({ exhausted_in_seconds: seconds }: Objective): string {
  if (seconds === null) return t('never');
  if (seconds <= 0) return t('now');
  if (seconds < 3600) return t('minutes', { count: Math.max(1, Math.round(seconds / 60)) });
  if (seconds < 2 * day) return t('hours', { count: Math.round(seconds / 3600) });
  return t('days', { count: Math.round(seconds / day) });
}

/** The time that may be lost in the whole period, in minutes, as an outage would use it up. */
export const allowance = ({ target, period_days: days }: Objective): number =>
  (1 - target) * days * 1440;
