// A deployment's events as a person tells them: one entry a step, progress under the step it is in.
import { markOf, type DeliveryEvent, type StateMark } from '@/lib/delivery';
import { t } from './words';

export interface Progress {
  message: string;
  done: number;
  total: number;
}

export interface Step {
  id: number;
  at: string;
  mark: StateMark;
  by: string;
  note: string;
  /** How far the step came; the last is the newest. */
  progress: Progress[];
}

/** The steps of a deployment, oldest first. */
export function timelineOf(events: readonly DeliveryEvent[]): Step[] {
  const steps: Step[] = [];
  for (const event of events) {
    if (event.type === 'deployment.progress') {
      const { message = '', done = 0, total = 0 } = event;
      steps.at(-1)?.progress.push({ message, done, total });
    } else {
      steps.push(stepOf(event));
    }
  }
  return steps;
}

const stepOf = (event: DeliveryEvent): Step => ({
  id: event.id,
  at: event.at,
  mark: markOfEvent(event),
  by: event.by,
  note: event.reason ?? '',
  progress: [],
});

function markOfEvent(event: DeliveryEvent): StateMark {
  if (event.type === 'deployment.approval') {
    return event.decision === 'reject'
      ? { health: 'bad', label: t('rejected') }
      : { health: 'good', label: t('approved') };
  }
  if (event.type === 'deployment.taken') {
    return { health: 'busy', label: t('taken', { name: event.by }) };
  }
  if (event.type === 'deployment.artifact') {
    return { health: 'idle', label: t('attached', { kind: event.kind ?? '' }) };
  }
  if (event.type === 'deployment.state' && event.state !== undefined) return markOf(event.state);
  return { health: 'idle', label: t('created') };
}
