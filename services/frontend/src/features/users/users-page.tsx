// Who and what may call the platform; for administrators.
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Tab from '@mui/material/Tab';
import Tabs from '@mui/material/Tabs';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { Empty } from '@/components/feedback';
import { Icon } from '@/components/icon';
import { Page } from '@/components/page';
import { useHolds } from '@/hooks/use-session';
import { Invitations } from './components/invitations';
import { InviteDialog } from './components/invite-dialog';
import { People } from './components/people';
import { ServiceDialog } from './components/service-dialog';
import { ServiceIdentities } from './components/service-identities';
import { UserDialog } from './components/user-dialog';
import { t } from './words';

const tabs = ['people', 'invitations', 'services'] as const;
type TabName = (typeof tabs)[number];
type Adding = 'user' | 'invitation' | 'service' | null;

export default function UsersPage() {
  const administrator = useHolds('administrator');
  return administrator ? <Users /> : <Refused />;
}

function Refused() {
  return (
    <Page title={t('title')}>
      <Empty icon="authorization" title={t('refused')}>
        {t('refusedAbout')}
      </Empty>
    </Page>
  );
}

function Users() {
  const [search, setSearch] = useSearchParams();
  const [adding, setAdding] = useState<Adding>(null);
  const at = tabs.find((tab) => tab === search.get('tab')) ?? 'people';
  const close = (): void => {
    setAdding(null);
  };
  return (
    <Page
      title={t('title')}
      summary={t('summary')}
      actions={<Actions at={at} onAdd={setAdding} />}
    >
      <Tabs
        value={at}
        aria-label={t('tabs')}
        variant="scrollable"
        onChange={(_event, tab: TabName) => {
          setSearch(tab === 'people' ? {} : { tab }, { replace: true });
        }}
        sx={{ mb: 2, minHeight: 36, '& .MuiTab-root': { minHeight: 36, px: 1.5, py: 0.75 } }}
      >
        {tabs.map((tab) => (
          <Tab key={tab} value={tab} label={t(tab)} id={`tab-${tab}`} aria-controls="tab-panel" />
        ))}
      </Tabs>
      <Box
        role="tabpanel"
        id="tab-panel"
        aria-labelledby={`tab-${at}`}
        sx={{ display: 'grid', gap: 2, justifyItems: 'start', '& > *': { width: '100%' } }}
      >
        {at === 'people' && <People />}
        {at === 'invitations' && <Invitations />}
        {at === 'services' && <ServiceIdentities />}
      </Box>
      {adding === 'user' && <UserDialog onClose={close} />}
      {adding === 'invitation' && (
        <InviteDialog
          onClose={() => {
            close();
            setSearch({ tab: 'invitations' }, { replace: true });
          }}
        />
      )}
      {adding === 'service' && <ServiceDialog onClose={close} />}
    </Page>
  );
}

interface ActionsProps {
  at: TabName;
  onAdd: (what: Adding) => void;
}

function Actions({ at, onAdd }: ActionsProps) {
  if (at === 'services') {
    return (
      <Button
        variant="contained"
        startIcon={<Icon name="plus" size={14} />}
        onClick={() => onAdd('service')}
      >
        {t('serviceNew')}
      </Button>
    );
  }
  return (
    <>
      <Button variant="outlined" onClick={() => onAdd('user')}>
        {t('add')}
      </Button>
      <Button
        variant="contained"
        startIcon={<Icon name="plus" size={14} />}
        onClick={() => onAdd('invitation')}
      >
        {t('invite')}
      </Button>
    </>
  );
}
