// Who may sign in and what they may do; for administrators.
import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import { useState } from 'react';
import { Empty, Failure, Loading } from '@/components/feedback';
import { Icon } from '@/components/icon';
import { Page } from '@/components/page';
import { useHolds } from '@/hooks/use-session';
import { messageOf } from '@/lib/problem';
import { useChangeUser, useUsers } from './api/use-users';
import { UserDialog } from './components/user-dialog';
import { UserRows } from './components/user-rows';

export default function UsersPage() {
  const administrator = useHolds('administrator');
  return administrator ? <Users /> : <Refused />;
}

function Refused() {
  return (
    <Page title="Users">
      <Empty icon="authorization" title="Only administrators see this page">
        Ask one of them to change your role.
      </Empty>
    </Page>
  );
}

function Users() {
  const users = useUsers();
  const change = useChangeUser();
  const [adding, setAdding] = useState(false);
  const items = users.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Page
      title="Users"
      summary="Viewers read, operators change, administrators also manage users."
      actions={
        <Button
          variant="contained"
          startIcon={<Icon name="plus" size={14} />}
          onClick={() => {
            setAdding(true);
          }}
        >
          Add a user
        </Button>
      }
    >
      {change.error !== null && (
        <Alert
          severity="error"
          sx={{ mb: 2 }}
          onClose={() => {
            change.reset();
          }}
        >
          Not changed. {messageOf(change.error)}
        </Alert>
      )}
      {users.isPending && <Loading />}
      {users.error !== null && users.data === undefined && (
        <Failure
          title="The users could not be read"
          error={users.error}
          onRetry={() => void users.refetch()}
        />
      )}
      {items.length > 0 && (
        <UserRows
          users={items}
          changing={change.isPending ? change.variables.id : null}
          onChange={(next) => {
            change.mutate(next);
          }}
        />
      )}
      {users.hasNextPage && (
        <Button
          variant="outlined"
          sx={{ mt: 2 }}
          loading={users.isFetchingNextPage}
          onClick={() => void users.fetchNextPage()}
        >
          Show more
        </Button>
      )}
      {adding && (
        <UserDialog
          onClose={() => {
            setAdding(false);
          }}
        />
      )}
    </Page>
  );
}
