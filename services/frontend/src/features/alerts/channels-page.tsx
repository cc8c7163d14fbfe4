// Channels, for administrators: who is told of incidents.
import Button from '@mui/material/Button';
import { useState } from 'react';
import { BackLink } from '@/components/back-link';
import { Empty } from '@/components/feedback';
import { Icon } from '@/components/icon';
import { ListState } from '@/components/list-state';
import { Page } from '@/components/page';
import { useHolds } from '@/hooks/use-session';
import { useChannels } from './api/use-channels';
import { t } from './channel-words';
import { ChannelDialog } from './components/channel-dialog';
import { ChannelRows } from './components/channel-rows';
import { t as alerts } from './words';

export default function ChannelsPage() {
  const administrator = useHolds('administrator');
  return administrator ? <Channels /> : <Refused />;
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

function Channels() {
  const list = useChannels();
  const [adding, setAdding] = useState(false);
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Page
      title={t('title')}
      summary={`${t('summary')} ${t('webhooks')}`}
      above={<BackLink to="/alerts">{alerts('title')}</BackLink>}
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
        icon="mail"
        empty={t('empty')}
        hint={t('emptyHint')}
        unreadable={t('unreadable')}
        more={t('more')}
      >
        <ChannelRows channels={items} />
      </ListState>
      {adding && (
        <ChannelDialog
          onClose={() => {
            setAdding(false);
          }}
        />
      )}
    </Page>
  );
}
