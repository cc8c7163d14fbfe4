// Who was invited: sending again and withdrawing.
import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import Paper from '@mui/material/Paper';
import { useState } from 'react';
import { Age } from '@/components/age';
import { ConfirmDialog } from '@/components/confirm-dialog';
import { Empty, Failure, Loading } from '@/components/feedback';
import { HealthMark } from '@/components/health-mark';
import { ProblemAlert } from '@/components/problem-alert';
import { Row, Rows } from '@/components/row';
import {
  useInvitations,
  useSendAgain,
  useWithdraw,
  type Invitation,
} from '../api/use-invitations';
import { t } from '../words';

const marks = { open: 'busy', expired: 'warn', accepted: 'good', revoked: 'idle' } as const;

export function Invitations() {
  const invitations = useInvitations();
  const send = useSendAgain();
  const withdraw = useWithdraw();
  const [ending, setEnding] = useState<Invitation | null>(null);
  const items = invitations.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <ProblemAlert error={send.error} onClose={send.reset} />
      {send.data !== undefined && (
        <Alert severity="success" role="status" onClose={send.reset}>
          {t('sentAgain', { email: send.data.email })}
        </Alert>
      )}
      {invitations.isPending && <Loading rows={3} />}
      {invitations.error !== null && invitations.data === undefined && (
        <Failure
          title={t('invitationsUnreadable')}
          error={invitations.error}
          onRetry={() => void invitations.refetch()}
        />
      )}
      {invitations.data !== undefined && (
        <Paper>
          {items.length === 0 && <Empty icon="mail" title={t('invitationsNone')} />}
          <Rows label={t('invitations')}>
            {items.map((invitation) => (
              <InvitationRow
                key={invitation.id}
                invitation={invitation}
                busy={send.isPending && send.variables === invitation.id}
                onSend={() => send.mutate(invitation.id)}
                onWithdraw={() => setEnding(invitation)}
              />
            ))}
          </Rows>
        </Paper>
      )}
      {invitations.hasNextPage && (
        <Button
          variant="outlined"
          loading={invitations.isFetchingNextPage}
          onClick={() => void invitations.fetchNextPage()}
        >
          {t('more')}
        </Button>
      )}
      {ending !== null && (
        <ConfirmDialog
          title={t('withdrawAsk', { email: ending.email })}
          confirm={t('withdraw')}
          onConfirm={() => withdraw.mutateAsync(ending.id)}
          onClose={() => {
            setEnding(null);
          }}
        >
          {t('withdrawWhy')}
        </ConfirmDialog>
      )}
    </>
  );
}

interface InvitationRowProps {
  invitation: Invitation;
  busy: boolean;
  onSend: () => void;
  onWithdraw: () => void;
}

function InvitationRow({ invitation, busy, onSend, onWithdraw }: InvitationRowProps) {
  const { email, role, state } = invitation;
  return (
    <Row
      icon="mail"
      name={email}
      beside={<HealthMark badge health={marks[state]} label={t(state)} />}
      about={
        <>
          {t('invited', { role })} <Age value={invitation.created_at} />
        </>
      }
    >
      {(state === 'open' || state === 'expired') && (
        <Button
          variant="outlined"
          loading={busy}
          aria-label={t('sendAgainTo', { email })}
          onClick={onSend}
        >
          {t('sendAgain')}
        </Button>
      )}
      {state === 'open' && (
        <Button variant="outlined" aria-label={t('withdrawFrom', { email })} onClick={onWithdraw}>
          {t('withdraw')}
        </Button>
      )}
    </Row>
  );
}
