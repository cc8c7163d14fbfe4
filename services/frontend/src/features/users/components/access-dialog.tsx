// Where somebody is signed in and what calls in his name; each can be ended.
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Paper from '@mui/material/Paper';
import { Age } from '@/components/age';
import { Empty, Failure, Loading } from '@/components/feedback';
import { PanelDialog } from '@/components/panel-dialog';
import { ProblemAlert } from '@/components/problem-alert';
import { Row, Rows } from '@/components/row';
import { Section } from '@/components/section';
import { TokenRows } from '@/components/token-rows';
import { useEndSession, useUserSessions, type UserSession } from '../api/use-access';
import type { User } from '../api/use-users';
import { t } from '../words';

interface AccessDialogProps {
  user: User;
  onClose: () => void;
}

export function AccessDialog({ user, onClose }: AccessDialogProps) {
  return (
    <PanelDialog title={t('accessOf', { email: user.email })} wide onClose={onClose}>
      <Section title={t('sessions')}>
        <UserSessions user={user.id} />
      </Section>
      <Section title={t('showTokens')}>
        <Paper>
          <TokenRows owner={{ kind: 'user', id: user.id }} />
        </Paper>
      </Section>
    </PanelDialog>
  );
}

function UserSessions({ user }: { user: string }) {
  const sessions = useUserSessions(user);
  const end = useEndSession(user);
  const items = sessions.data?.items;
  return (
    <Box sx={{ display: 'grid', gap: 1 }}>
      <ProblemAlert error={end.error} />
      {sessions.isPending && <Loading rows={2} />}
      {sessions.error !== null && items === undefined && (
        <Failure
          title={t('sessionsUnreadable')}
          error={sessions.error}
          onRetry={() => void sessions.refetch()}
        />
      )}
      {items !== undefined && (
        <Paper>
          {items.length === 0 && <Empty compact icon="sessions" title={t('sessionsNone')} />}
          <Rows label={t('sessions')}>
            {items.map((session) => (
              <Row
                key={session.id}
                icon="sessions"
                name={deviceOf(session)}
                about={
                  <>
                    {session.address} · {t('seen')} <Age value={session.last_seen_at} />
                  </>
                }
              >
                <Button
                  variant="outlined"
                  aria-label={t('endOf', { device: deviceOf(session) })}
                  onClick={() => {
                    end.mutate(session.id);
                  }}
                >
                  {t('end')}
                </Button>
              </Row>
            ))}
          </Rows>
        </Paper>
      )}
    </Box>
  );
}

/** The device as the API names it; its own words where it could not. */
const deviceOf = ({ device, agent }: UserSession): string => (device === '' ? agent : device);
