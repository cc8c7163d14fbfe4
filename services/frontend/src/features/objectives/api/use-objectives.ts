// The objectives with their budgets.
import { useQuery } from '@tanstack/react-query';
import { retrySignals, signalInterval } from '@/hooks/use-signals';
import { answerOf, api } from '@/lib/client';

export function useObjectives() {
  return useQuery({
    queryKey: ['telemetry', 'objectives'],
    queryFn: ({ signal }) => answerOf(api.GET('/api/v1/telemetry/objectives', { signal })),
    refetchInterval: signalInterval * 2,
    retry: retrySignals,
  });
}
