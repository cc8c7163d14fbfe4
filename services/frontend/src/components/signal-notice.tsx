// What is missing of the signals that a page shows: old, dropped, never sent.
import { useSignalState } from '@/hooks/use-signals';
import { useNow } from '@/hooks/use-now';
import { lossesOf, type Signal } from '@/lib/losses';
import { endsOf, type Range } from '@/lib/range';
import { ago } from '@/lib/time';
import { StaleNotice } from './feedback';
import { t } from './words';

interface SignalNoticeProps {
  signal: Signal;
  range: Range;
  /** What the page shows: it may have been read before, and not since. */
  list?: { error: unknown; data: unknown; dataUpdatedAt: number };
}

export function SignalNotice({ signal, range, list }: SignalNoticeProps) {
  const state = useSignalState();
  const now = useNow();
  const isOld = list?.error != null && list.data !== undefined;
  const losses = state.data === undefined ? [] : lossesOf(state.data, signal, endsOf(range, now));
  if (!isOld && losses.length === 0) return null;
  return (
    <StaleNotice>
      {isOld && (
        <div>{t('old', { when: ago(new Date(list.dataUpdatedAt).toISOString(), now) })}</div>
      )}
      {losses.map((loss) => (
        <div key={loss}>{loss}</div>
      ))}
    </StaleNotice>
  );
}
