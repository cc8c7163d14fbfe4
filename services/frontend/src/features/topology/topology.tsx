// The architecture with its live state: a drawing where there is room, lists where there is not.
import Box from '@mui/material/Box';
import Skeleton from '@mui/material/Skeleton';
import { useMemo } from 'react';
import { Empty, Failure } from '@/components/feedback';
import { useLiveState, usePlatform, useServices } from '@/hooks/use-catalog';
import { useGraph, useOverview } from '@/hooks/use-signals';
import { useWidth } from '@/hooks/use-width';
import type { Range } from '@/lib/range';
import { Diagram } from './components/diagram';
import { Legend } from './components/legend';
import { StackedTiers } from './components/stacked-tiers';
import { withEntries } from './layout';
import { trafficOf, type Traffic } from './traffic';
import { t } from './words';

/** Below this width, in pixels, a drawing would be too small to read. */
const drawingWidth = 520;

interface TopologyProps {
  chosen: string | null;
  onChoose: (name: string) => void;
}

export function Topology({ chosen, onChoose }: TopologyProps) {
  const [measure, width] = useWidth();
  const platform = usePlatform();
  const services = useServices();
  const state = useLiveState();
  const traffic = useTraffic();
  const error = platform.error ?? services.error;

  return (
    <Box ref={measure} sx={{ minWidth: 0 }}>
      {content()}
    </Box>
  );

  function content() {
    if (platform.data === undefined || services.data === undefined) {
      if (error !== null) {
        return (
          <Failure
            title={t('unreadable')}
            error={error}
            onRetry={() => {
              void platform.refetch();
              void services.refetch();
            }}
          />
        );
      }
      return <Skeleton variant="rounded" height={560} role="status" aria-label={t('loading')} />;
    }
    const items = services.data.items;
    if (items.length === 0) {
      return (
        <Empty icon="services" title={t('empty')}>
          {t('emptyAbout')}
        </Empty>
      );
    }
    if (width === 0) return <Skeleton variant="rounded" height={560} />;
    const shared = {
      platform: platform.data,
      services: items,
      state: state.data,
      traffic,
      onChoose,
    };
    return (
      <>
        {width < drawingWidth ? (
          <StackedTiers {...shared} />
        ) : (
          <Diagram {...shared} width={width} chosen={chosen} />
        )}
        <Legend zones={platform.data.zones} />
      </>
    );
  }
}

/** The time over which callers' shares are taken. */
const lately: Range = { length: '15m' };

const none: Traffic = new Map();

/** What flows along the arrows; nothing while signals cannot be read. */
function useTraffic(): Traffic {
  const services = useServices().data?.items;
  const arrows = usePlatform().data?.arrows;
  const graph = useGraph(lately);
  const overview = useOverview('5m');
  const [calls, counted] = [graph.data?.items, overview.data?.items];
  const isOff = graph.isError && overview.isError;
  return useMemo(() => {
    if (isOff || services === undefined || arrows === undefined) return none;
    const known = { calls: calls ?? [], services: counted ?? [] };
    return trafficOf(withEntries(services, arrows), known);
  }, [services, arrows, calls, counted, isOff]);
}
