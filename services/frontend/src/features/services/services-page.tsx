// The list of services: search, filter by tier, more at the end. The filter is in the address.
import Button from '@mui/material/Button';
import Paper from '@mui/material/Paper';
import { useDeferredValue } from 'react';
import { useSearchParams } from 'react-router';
import { Empty, Failure, Loading, StaleNotice } from '@/components/feedback';
import { Page } from '@/components/page';
import { tiers } from '@/lib/catalog';
import { useServiceList, type ServiceFilter } from './api/use-service-list';
import { ServiceFilterBar } from './components/service-filter-bar';
import { ServiceRows } from './components/service-rows';
import { t } from './words';

export default function ServicesPage() {
  const [search, setSearch] = useSearchParams();
  const filter = filterOf(search);
  const list = useServiceList(useDeferredValue(filter));
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];

  function change(next: ServiceFilter): void {
    const entries = Object.entries(next).filter(([, value]) => value !== '');
    setSearch(new URLSearchParams(entries), { replace: true });
  }

  return (
    <Page title={t('title')} summary={t('summary')}>
      <ServiceFilterBar filter={filter} onChange={change} />
      {list.data?.pages[0]?.stale === true && <StaleNotice>{t('listOld')}</StaleNotice>}
      {list.isPending && <Loading rows={6} />}
      {list.error !== null && list.data === undefined && (
        <Failure
          title={t('listUnreadable')}
          error={list.error}
          onRetry={() => void list.refetch()}
        />
      )}
      {list.data !== undefined && items.length === 0 && (
        <Paper>
          <Empty icon="search" title={t('noMatch')}>
            <Button
              sx={{ mt: 1 }}
              variant="outlined"
              onClick={() => {
                change({ q: '', tier: '' });
              }}
            >
              {t('clear')}
            </Button>
          </Empty>
        </Paper>
      )}
      {items.length > 0 && <ServiceRows services={items} />}
      {list.hasNextPage && (
        <Button
          variant="outlined"
          sx={{ mt: 2 }}
          loading={list.isFetchingNextPage}
          onClick={() => void list.fetchNextPage()}
        >
          {t('more')}
        </Button>
      )}
    </Page>
  );
}

function filterOf(search: URLSearchParams): ServiceFilter {
  const tier = tiers.find((entry) => entry.id === search.get('tier'))?.id ?? '';
  return { q: search.get('q') ?? '', tier };
}
