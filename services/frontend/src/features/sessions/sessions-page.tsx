// Where the caller is signed in: each place can be signed out, and all at once.
import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import { useState } from 'react';
import { ConfirmDialog } from '@/components/confirm-dialog';
import { Empty, Failure, Loading } from '@/components/feedback';
import { Page } from '@/components/page';
import { session } from '@/lib/client';
import { messageOf } from '@/lib/problem';
import { useRevokeSession, useSessions } from './api/use-sessions';
import { SessionRows } from './components/session-rows';
import { t } from './words';

export default function SessionsPage() {
  const sessions = useSessions();
  const revoke = useRevokeSession();
  const [asking, setAsking] = useState(false);
  return (
    <Page
      title={t('title')}
      summary={t('summary')}
      actions={
        <Button
          variant="outlined"
          color="error"
          onClick={() => {
            setAsking(true);
          }}
        >
          {t('everywhere')}
        </Button>
      }
    >
      {revoke.error !== null && (
        <Alert
          severity="error"
          sx={{ mb: 2 }}
          onClose={() => {
            revoke.reset();
          }}
        >
          {t('notRevoked', { reason: messageOf(revoke.error) })}
        </Alert>
      )}
      {sessions.isPending && <Loading rows={3} height={56} />}
      {sessions.error !== null && sessions.data === undefined && (
        <Failure
          title={t('unreadable')}
          error={sessions.error}
          onRetry={() => void sessions.refetch()}
        />
      )}
      {sessions.data?.items.length === 0 && <Empty icon="sessions" title={t('none')} />}
      {sessions.data !== undefined && sessions.data.items.length > 0 && (
        <SessionRows
          sessions={sessions.data.items}
          onRevoke={(id) => {
            revoke.mutate(id);
          }}
        />
      )}
      {asking && (
        <ConfirmDialog
          title={t('everywhereAsk')}
          confirm={t('everywhere')}
          onConfirm={() => session.signOut(true)}
          onClose={() => {
            setAsking(false);
          }}
        >
          {t('everywhereWhy')}
        </ConfirmDialog>
      )}
    </Page>
  );
}
