// The overview: the drawing, and beside it the chosen service or the state of everything.
import Box from '@mui/material/Box';
import Drawer from '@mui/material/Drawer';
import Paper from '@mui/material/Paper';
import useMediaQuery from '@mui/material/useMediaQuery';
import type { Theme } from '@mui/material/styles';
import { lazy, Suspense } from 'react';
import { useSearchParams } from 'react-router';
import { Loading } from '@/components/feedback';
import { LiveNotice } from '@/components/live-notice';
import { Page } from '@/components/page';
import { StateSummary } from '@/features/topology/components/state-summary';
import { Topology } from '@/features/topology/topology';
import { usePlatform } from '@/hooks/use-catalog';
import { t } from './words';

const NewestDeployments = lazy(() => import('@/features/deployments/newest-deployments'));
const ServiceDetails = lazy(() => import('@/features/services/components/service-details'));

export function OverviewPage() {
  const [search, setSearch] = useSearchParams();
  const chosen = search.get('service');
  const docked = useMediaQuery((theme: Theme) => theme.breakpoints.up('lg'), { noSsr: true });
  const platform = usePlatform();

  function choose(name: string | null): void {
    setSearch(name === null || name === chosen ? {} : { service: name }, { replace: true });
  }

  const details = chosen !== null && (
    <Suspense fallback={<Loading rows={4} />}>
      <ServiceDetails
        key={chosen}
        name={chosen}
        onClose={() => {
          choose(null);
        }}
      />
    </Suspense>
  );

  return (
    <Page
      title={t('overview')}
      summary={
        platform.data === undefined
          ? ' '
          : t('where', {
              name: platform.data.name,
              region: platform.data.region,
              environment: platform.data.environment,
            })
      }
    >
      <LiveNotice />
      <Box
        sx={{
          display: 'grid',
          gap: 3,
          alignItems: 'start',
          gridTemplateColumns: docked ? 'minmax(0, 1fr) 372px' : 'minmax(0, 1fr)',
        }}
      >
        <Topology chosen={chosen} onChoose={choose} />
        {docked ? (
          <Paper
            component="aside"
            aria-label={chosen ?? t('state')}
            sx={{
              p: 2.5,
              position: 'sticky',
              top: 24,
              maxHeight: 'calc(100dvh - 48px)',
              overflowY: 'auto',
            }}
          >
            {details === false ? <Summary onChoose={choose} /> : details}
          </Paper>
        ) : (
          <Paper sx={{ p: 2.5, order: -1 }}>
            <Summary onChoose={choose} />
          </Paper>
        )}
      </Box>
      {!docked && (
        <Drawer
          anchor="right"
          open={chosen !== null}
          onClose={() => {
            choose(null);
          }}
          slotProps={{
            paper: { sx: { width: 'min(100vw, 440px)', p: 2.5 }, 'aria-label': chosen ?? '' },
          }}
        >
          {details}
        </Drawer>
      )}
    </Page>
  );
}

function Summary({ onChoose }: { onChoose: (name: string) => void }) {
  return (
    <Box sx={{ display: 'grid', gap: 3, gridTemplateColumns: 'minmax(0, 1fr)' }}>
      <div>
        <StateSummary onChoose={onChoose} />
      </div>
      <Suspense fallback={<Loading rows={3} />}>
        <NewestDeployments />
      </Suspense>
    </Box>
  );
}
