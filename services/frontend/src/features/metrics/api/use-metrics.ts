// Metrics: which charts there are, and the lines of one.
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { retrySignals } from '@/hooks/use-signals';
import { answerOf, api } from '@/lib/client';
import { refreshOf, type Range } from '@/lib/range';

export function useCharts() {
  return useQuery({
    queryKey: ['telemetry', 'charts'],
    queryFn: ({ signal }) => answerOf(api.GET('/api/v1/telemetry/charts', { signal })),
    staleTime: Number.POSITIVE_INFINITY,
    retry: retrySignals,
  });
}

export interface Stretch {
  from: number;
  to: number;
}

interface Asked {
  chart: string;
  /** Null for the platform as a whole. */
  service: string | null;
  range: Range;
  /** Both ends in milliseconds, read when the chart is. */
  ends: () => Stretch;
  /** How far back the time lies that is asked for, in milliseconds; 0 is the time itself. */
  shift?: number;
  enabled?: boolean;
}

/** The lines of one chart, with the stretch that was asked for. */
export function useSeries({ chart, service, range, ends, shift = 0, enabled = true }: Asked) {
  return useQuery({
    queryKey: ['telemetry', 'series', chart, service, range, shift],
    queryFn: async ({ signal }) => {
      const { from, to } = ends();
      const query = {
        from: new Date(from - shift).toISOString(),
        to: new Date(to - shift).toISOString(),
        ...(service === null ? {} : { service }),
      };
      const params = { path: { chart }, query };
      const series = await answerOf(
        api.GET('/api/v1/telemetry/charts/{chart}', { params, signal }),
      );
      return { series, from, to, shift };
    },
    enabled,
    refetchInterval: refreshOf(range),
    placeholderData: keepPreviousData,
    retry: retrySignals,
  });
}
