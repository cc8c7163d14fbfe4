// Says when the live state is not live: the API is away, or the answer is an old one.
import { useLiveState, usePlatform, useServices } from '@/hooks/use-catalog';
import { useNow } from '@/hooks/use-now';
import { messageOf } from '@/lib/problem';
import { ago } from '@/lib/time';
import { StaleNotice } from './feedback';

export function LiveNotice() {
  const state = useLiveState();
  const platform = usePlatform();
  const services = useServices();
  const now = useNow(2_000);
  if (state.data?.degraded === true) {
    return (
      <StaleNotice>
        The API does not answer. The state comes from the platform itself, without process details.
      </StaleNotice>
    );
  }
  if (state.error !== null && state.data !== undefined) {
    const age = ago(new Date(state.dataUpdatedAt).toISOString(), now);
    return (
      <StaleNotice>
        This is the state of {age}. {messageOf(state.error)}
      </StaleNotice>
    );
  }
  if ((platform.data?.stale ?? services.data?.stale) === true) {
    return <StaleNotice>The database is away: the catalog is an earlier copy.</StaleNotice>;
  }
  return null;
}
