// The architecture with its live state: a drawing where there is room, lists where there is not.
import Box from '@mui/material/Box';
import Skeleton from '@mui/material/Skeleton';
import { Empty, Failure } from '@/components/feedback';
import { useLiveState, usePlatform, useServices } from '@/hooks/use-catalog';
import { useWidth } from '@/hooks/use-width';
import { Diagram } from './components/diagram';
import { Legend } from './components/legend';
import { StackedTiers } from './components/stacked-tiers';
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
    const shared = { platform: platform.data, services: items, state: state.data, onChoose };
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
