// The people: roles, whether they may sign in, and what an administrator undoes.
import Button from '@mui/material/Button';
import { Failure, Loading } from '@/components/feedback';
import { ProblemAlert } from '@/components/problem-alert';
import { messageOf } from '@/lib/problem';
import { useChangeUser, useUsers } from '../api/use-users';
import { t } from '../words';
import { UserRows } from './user-rows';

export function People() {
  const users = useUsers();
  const change = useChangeUser();
  const items = users.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <ProblemAlert error={change.error} onClose={change.reset}>
        {t('notChanged', { reason: messageOf(change.error) })}
      </ProblemAlert>
      {users.isPending && <Loading />}
      {users.error !== null && users.data === undefined && (
        <Failure
          title={t('usersUnreadable')}
          error={users.error}
          onRetry={() => void users.refetch()}
        />
      )}
      {items.length > 0 && (
        <UserRows
          users={items}
          changing={change.isPending ? change.variables.id : null}
          onChange={change.mutate}
        />
      )}
      {users.hasNextPage && (
        <Button
          variant="outlined"
          loading={users.isFetchingNextPage}
          onClick={() => void users.fetchNextPage()}
        >
          {t('more')}
        </Button>
      )}
    </>
  );
}
