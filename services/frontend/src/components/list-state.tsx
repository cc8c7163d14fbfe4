// A list that comes in pages: coming, failed, empty, or its rows and the way to more.
import Button from '@mui/material/Button';
import Paper from '@mui/material/Paper';
import type { ReactNode } from 'react';
import { Empty, Failure, Loading } from './feedback';
import type { IconName } from './icon';

/** What is asked of an infinite query of React Query. */
interface PagedList {
  isPending: boolean;
  error: unknown;
  data: unknown;
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  refetch: () => unknown;
  fetchNextPage: () => unknown;
}

interface ListStateProps {
  list: PagedList;
  count: number;
  icon: IconName;
  empty: string;
  /** What to do about an empty list. */
  hint?: ReactNode;
  unreadable: string;
  /** What stands for a failure that is not like others. */
  failure?: ReactNode;
  more: string;
  children: ReactNode;
}

export function ListState({
  list,
  count,
  icon,
  empty,
  hint,
  unreadable,
  failure,
  more,
  children,
}: ListStateProps) {
  return (
    <>
      {list.isPending && <Loading rows={6} />}
      {list.error !== null &&
        list.data === undefined &&
        (failure ?? (
          <Failure title={unreadable} error={list.error} onRetry={() => void list.refetch()} />
        ))}
      {list.data !== undefined && count === 0 && !list.hasNextPage && (
        <Paper>
          <Empty icon={icon} title={empty}>
            {hint}
          </Empty>
        </Paper>
      )}
      {count > 0 && children}
      {list.hasNextPage && (
        <Button
          variant="outlined"
          sx={{ mt: 2 }}
          loading={list.isFetchingNextPage}
          onClick={() => void list.fetchNextPage()}
        >
          {more}
        </Button>
      )}
    </>
  );
}
