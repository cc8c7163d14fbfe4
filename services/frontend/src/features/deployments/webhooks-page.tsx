// Webhooks, for administrators: where events go, and whether they arrive.
import Button from '@mui/material/Button';
import { useState } from 'react';
import { BackLink } from '@/components/back-link';
import { Empty } from '@/components/feedback';
import { Icon } from '@/components/icon';
import { ListState } from '@/components/list-state';
import { Page } from '@/components/page';
import { useHolds } from '@/hooks/use-session';
import { useWebhooks } from './api/use-webhooks';
import { WebhookDialog } from './components/webhook-dialog';
import { WebhookRows } from './components/webhook-rows';
import { t as deployments } from './words';
import { t } from './webhook-words';

export default function WebhooksPage() {
  const administrator = useHolds('administrator');
  return administrator ? <Webhooks /> : <Refused />;
}

function Refused() {
  return (
    <Page title={t('title')}>
      <Empty icon="authorization" title={t('onlyAdministrators')}>
        {t('ask')}
      </Empty>
    </Page>
  );
}

function Webhooks() {
  const list = useWebhooks();
  const [adding, setAdding] = useState(false);
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Page
      title={t('title')}
      summary={t('summary')}
      above={<BackLink to="/deployments">{deployments('title')}</BackLink>}
      actions={
        <Button
          variant="contained"
          startIcon={<Icon name="plus" size={14} />}
          onClick={() => {
            setAdding(true);
          }}
        >
          {t('add')}
        </Button>
      }
    >
      <ListState
        list={list}
        count={items.length}
        icon="external"
        empty={t('empty')}
        unreadable={t('unreadable')}
        more={t('more')}
      >
        <WebhookRows webhooks={items} />
      </ListState>
      {adding && (
        <WebhookDialog
          onClose={() => {
            setAdding(false);
          }}
        />
      )}
    </Page>
  );
}
