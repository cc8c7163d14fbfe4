// The releases, latest first, of one service or of all; the filter is in the address.
import Box from '@mui/material/Box';
import { useSearchParams } from 'react-router';
import { Choice } from '@/components/choice';
import { DeliveryNotice } from '@/components/delivery-notice';
import { ListState } from '@/components/list-state';
import { Page } from '@/components/page';
import { useServices } from '@/hooks/use-catalog';
import { useDeliveries } from '@/hooks/use-delivery';
import { useReleases } from '@/hooks/use-releases';
import { ExportButton } from './components/export-button';
import { ReleaseRows } from './components/release-rows';
import { t } from './words';

export default function ReleasesPage() {
  useDeliveries();
  const [search, setSearch] = useSearchParams();
  const service = search.get('service') ?? '';
  const services = useServices().data?.items ?? [];
  const list = useReleases(service);
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Page title={t('title')} summary={t('summary')} actions={<ExportButton service={service} />}>
      <DeliveryNotice />
      <Box role="search" sx={{ display: 'flex', gap: 1.5, mb: 2 }}>
        <Choice
          label={t('service')}
          any={t('anyService')}
          value={service}
          options={services.map(({ name }) => [name, name] as const)}
          onChange={(next) => {
            setSearch(next === '' ? {} : { service: next }, { replace: true });
          }}
        />
      </Box>
      <ListState
        list={list}
        count={items.length}
        icon="releases"
        empty={service === '' ? t('empty') : t('none')}
        hint={t('hint')}
        unreadable={t('unreadable')}
        more={t('more')}
      >
        <ReleaseRows releases={items} />
      </ListState>
    </Page>
  );
}
