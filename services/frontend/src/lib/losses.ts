// What is missing of the signals, in sentences: nothing that was lost is passed over in silence.
import type { components } from './schema';
import { moment } from './time';
import { wordsOf } from './words';

export type SignalState = components['schemas']['TelemetryState'];
export type Signal = SignalState['signals'][number]['signal'];

const t = wordsOf('losses', {
  dropped: 'Dropped since the store began: {count} ({reason}).',
  gap: 'Between {from} and {to} some may be missing ({reason}).',
  gapNow: 'Since {from} some may be missing ({reason}).',
  lost: 'Between {from} and {to} {lost} were lost ({reason}).',
  lostNow: 'Since {from} {lost} were lost ({reason}).',
  silent: 'Nothing is heard of {replicas}.',
});

/** Gaps that are told of each kind of signal: the latest. */
const mostGaps = 3;

/** What is missing of one kind of signal between two moments, in milliseconds. */
export function lossesOf(
  { drops, gaps, silent }: SignalState,
  signal: Signal,
  [begin, end]: readonly [number, number],
): string[] {
  const ours = gaps
    .filter((gap) => gap.signal === signal || gap.signal === 'all')
    .filter(({ from, to }) => Date.parse(from) < end && (to === null || Date.parse(to) > begin));
  return [
    ...drops
      .filter((drop) => drop.signal === signal && drop.count > 0)
      .map(({ count, reason }) => t('dropped', { count, reason })),
    ...ours.slice(-mostGaps).map(gapWords),
    ...(signal === 'metrics' && silent.length > 0
      ? [t('silent', { replicas: silent.join(', ') })]
      : []),
  ];
}

function gapWords({ from, to, reason, lost }: SignalState['gaps'][number]): string {
  const values = { from: moment(from), reason, lost };
  if (to === null) return t(lost > 0 ? 'lostNow' : 'gapNow', values);
  return t(lost > 0 ? 'lost' : 'gap', { ...values, to: moment(to) });
}
