// Logs: search in what every replica wrote, and follow what it writes now.
import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import Paper from '@mui/material/Paper';
import { useCallback, useDeferredValue } from 'react';
import { useSearchParams } from 'react-router';
import { Icon } from '@/components/icon';
import { ListState } from '@/components/list-state';
import { LogLines } from '@/components/log-lines';
import { Page } from '@/components/page';
import { SignalFailure } from '@/components/signal-failure';
import { SignalNotice } from '@/components/signal-notice';
import { useLines } from '@/hooks/use-signals';
import { rangeOf, searchOfRange, type Range } from '@/lib/range';
import { useFollow } from './api/use-follow';
import { LogFilterBar } from './components/log-filter-bar';
import { filterOf, queryOf, searchOf, type LogFilter } from './filter';
import { joined } from './follow';
import { t } from './words';

export default function LogsPage() {
  const [search, setSearch] = useSearchParams();
  const [filter, range] = [filterOf(search), rangeOf(search)];
  const follow = search.get('follow') === 'on' && 'length' in range;

  function go(next: LogFilter, stretch: Range, following = follow): void {
    const on: Record<string, string> = following ? { follow: 'on' } : {};
    setSearch({ ...searchOf(next), ...searchOfRange(stretch), ...on }, { replace: true });
  }

  return (
    <Page
      title={t('title')}
      summary={t('summary')}
      actions={
        'length' in range && (
          <Button
            variant="outlined"
            aria-pressed={follow}
            startIcon={<Icon name={follow ? 'pause' : 'play'} size={14} />}
            onClick={() => {
              go(filter, range, !follow);
            }}
          >
            {t(follow ? 'stop' : 'follow')}
          </Button>
        )
      }
    >
      <LogFilterBar filter={filter} range={range} onChange={go} />
      <Lines filter={useDeferredValue(filter)} range={range} follow={follow} />
    </Page>
  );
}

interface LinesProps {
  filter: LogFilter;
  range: Range;
  follow: boolean;
}

function Lines({ filter, range, follow }: LinesProps) {
  const asked = queryOf(filter);
  const list = useLines(asked, range);
  const { refetch } = list;
  const readAnew = useCallback(() => void refetch(), [refetch]);
  const followed = useFollow(asked, follow, readAnew);
  const read = list.data?.pages.flatMap((page) => page.items) ?? [];
  const lines = joined(read, followed.lines.toReversed());
  const isAsked = Object.keys(searchOf(filter)).length > 0;
  return (
    <>
      <SignalNotice signal="logs" range={range} list={list} />
      {follow && (
        <Alert
          severity={followed.cut ? 'warning' : 'info'}
          icon={<Icon name={followed.cut ? 'alert' : 'play'} size={16} />}
          role="status"
          sx={{ mb: 2 }}
        >
          {t(followed.cut ? 'cut' : 'following')}
        </Alert>
      )}
      <ListState
        list={list}
        count={lines.length}
        icon={isAsked ? 'search' : 'logs'}
        empty={isAsked ? t('none') : t('empty')}
        hint={isAsked ? t('noneHint') : t('emptyHint')}
        unreadable={t('unreadable')}
        failure={
          <SignalFailure
            title={t('unreadable')}
            error={list.error}
            onRetry={() => void list.refetch()}
          />
        }
        more={t('more')}
      >
        <Paper sx={{ overflow: 'hidden' }}>
          <LogLines lines={lines} label={t('lines')} />
        </Paper>
      </ListState>
    </>
  );
}
