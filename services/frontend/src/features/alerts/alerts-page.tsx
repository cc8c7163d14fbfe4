// Alerts: what fires now, and the incidents that came of it.
import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import { Link as RouterLink, useSearchParams } from 'react-router';
import { ListState } from '@/components/list-state';
import { Page } from '@/components/page';
import { Section } from '@/components/section';
import { useHolds } from '@/hooks/use-session';
import { useIncidents } from './api/use-alerts';
import { FiringAlerts } from './components/firing-alerts';
import { IncidentFilterBar } from './components/incident-filter-bar';
import { IncidentRows } from './components/incident-rows';
import { filterOf, searchOf } from './filter';
import { t } from './words';

export default function AlertsPage() {
  const [search, setSearch] = useSearchParams();
  const administrator = useHolds('administrator');
  const filter = filterOf(search);
  const list = useIncidents(filter);
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  const asked = Object.keys(searchOf(filter)).length > 0;
  return (
    <Page title={t('title')} summary={t('summary')}>
      <Box sx={{ display: 'grid', gap: 3, gridTemplateColumns: 'minmax(0, 1fr)' }}>
        <Section
          title={t('firing')}
          action={
            <Box sx={{ display: 'flex', gap: 2 }}>
              <Link component={RouterLink} to="/runbooks" variant="caption">
                {t('runbooks')}
              </Link>
              {administrator && (
                <Link component={RouterLink} to="/alerts/channels" variant="caption">
                  {t('channels')}
                </Link>
              )}
            </Box>
          }
        >
          <FiringAlerts />
        </Section>
        <Section title={t('incidents')}>
          <IncidentFilterBar
            filter={filter}
            onChange={(next) => {
              setSearch(searchOf(next), { replace: true });
            }}
          />
          <ListState
            list={list}
            count={items.length}
            icon={asked ? 'search' : 'alerts'}
            empty={asked ? t('none') : t('empty')}
            hint={asked ? undefined : t('emptyHint')}
            unreadable={t('unreadable')}
            more={t('more')}
          >
            <IncidentRows incidents={items} />
          </ListState>
        </Section>
      </Box>
    </Page>
  );
}
