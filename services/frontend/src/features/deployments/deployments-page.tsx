// The deployments: newest first, filtered by the address, and the way to a new one.
import Button from '@mui/material/Button';
import { useDeferredValue } from 'react';
import { Link as RouterLink, useSearchParams } from 'react-router';
import { DeliveryNotice } from '@/components/delivery-notice';
import { Icon } from '@/components/icon';
import { ListState } from '@/components/list-state';
import { Page } from '@/components/page';
import { useDeliveries, useDeployments } from '@/hooks/use-delivery';
import { useHolds } from '@/hooks/use-session';
import { DeploymentFilterBar } from './components/deployment-filter-bar';
import { DeploymentRows } from './components/deployment-rows';
import { NewDeploymentDialog } from './components/new-deployment-dialog';
import { filterOf, searchOf } from './filter';
import { t } from './words';

export default function DeploymentsPage() {
  useDeliveries();
  const [search, setSearch] = useSearchParams();
  const filter = filterOf(search);
  const list = useDeployments(useDeferredValue(filter));
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  const release = search.get('release');
  const asked = searchOf(filter).size > 0;
  return (
    <Page
      title={t('title')}
      summary={t('summary')}
      actions={
        <Actions
          onDeploy={() => {
            setSearch({ ...Object.fromEntries(search), release: '' });
          }}
        />
      }
    >
      <DeliveryNotice />
      <DeploymentFilterBar
        filter={filter}
        onChange={(next) => {
          setSearch(searchOf(next), { replace: true });
        }}
      />
      <ListState
        list={list}
        count={items.length}
        icon={asked ? 'search' : 'deployments'}
        empty={asked ? t('none') : t('empty')}
        hint={asked ? undefined : t('emptyHint')}
        unreadable={t('unreadable')}
        more={t('more')}
      >
        <DeploymentRows deployments={items} />
      </ListState>
      {release !== null && (
        <NewDeploymentDialog
          release={release}
          onClose={() => {
            setSearch(searchOf(filter), { replace: true });
          }}
        />
      )}
    </Page>
  );
}

function Actions({ onDeploy }: { onDeploy: () => void }) {
  const operator = useHolds('operator');
  const administrator = useHolds('administrator');
  return (
    <>
      {administrator && (
        <Button component={RouterLink} to="/deployments/webhooks" variant="outlined">
          {t('webhooks')}
        </Button>
      )}
      {operator && (
        <Button variant="contained" startIcon={<Icon name="plus" size={14} />} onClick={onDeploy}>
          {t('deploy')}
        </Button>
      )}
    </>
  );
}
