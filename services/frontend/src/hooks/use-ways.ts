// The ways to the signals of a component, as the platform is and where its lines are kept.
import type { Range } from '@/lib/range';
import { waysOf, type Ways } from '@/lib/ways';
import { useServices } from './use-catalog';
import { useSignalState } from './use-signals';

export function useWays(service: string, range: Range | undefined): Ways {
  const components = useServices().data?.items;
  const logs = useSignalState().data?.signals.find(({ signal }) => signal === 'logs');
  return waysOf(service, { components, hasLinesOfStores: logs?.kind === 'store' }, range);
}
