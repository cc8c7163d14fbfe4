// Says when the live state is not live: the API is away, or the answer is an old one.
import { useLiveState, usePlatform, useServices } from '@/hooks/use-catalog';
import { useNow } from '@/hooks/use-now';
import { messageOf } from '@/lib/problem';
import { ago } from '@/lib/time';
import { StaleNotice } from './feedback';
import { t } from './notice-words';

export function LiveNotice() {
  const state = useLiveState();
  const platform = usePlatform();
  const services = useServices();
  const now = useNow(2_000);
  if (state.data?.degraded === true) {
    return <StaleNotice>{t('degraded')}</StaleNotice>;
  }
  if (state.error !== null && state.data !== undefined) {
    const age = ago(new Date(state.dataUpdatedAt).toISOString(), now);
    return <StaleNotice>{t('stateOf', { age, reason: messageOf(state.error) })}</StaleNotice>;
  }
  if ((platform.data?.stale ?? services.data?.stale) === true) {
    return <StaleNotice>{t('catalogOld')}</StaleNotice>;
  }
  return null;
}
