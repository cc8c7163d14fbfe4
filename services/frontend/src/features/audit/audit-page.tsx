// The audit record: search, one event, the proof that nobody changed it, the export.
import Button from '@mui/material/Button';
import Paper from '@mui/material/Paper';
import { useDeferredValue } from 'react';
import { useSearchParams } from 'react-router';
import { Empty, Failure, Loading } from '@/components/feedback';
import { Page } from '@/components/page';
import { useEvents } from './api/use-audit';
import { ChainState } from './components/chain-state';
import { EventDetails } from './components/event-details';
import { EventFilterBar } from './components/event-filter-bar';
import { EventRows } from './components/event-rows';
import { ExportButtons } from './components/export-buttons';
import { filterOf, searchOf, type EventFilter } from './filter';
import { t } from './words';

export default function AuditPage() {
  const [search, setSearch] = useSearchParams();
  const filter = filterOf(search);
  const opened = search.get('event');

  function go(next: EventFilter, event: string | null): void {
    const address = searchOf(next);
    if (event !== null) address.set('event', event);
    setSearch(address, { replace: event === null && opened === null });
  }

  return (
    <Page title={t('title')} summary={t('summary')} actions={<ExportButtons filter={filter} />}>
      <ChainState />
      <EventFilterBar
        filter={filter}
        onChange={(next) => {
          go(next, null);
        }}
      />
      <Events
        filter={filter}
        onOpen={(event) => {
          go(filter, event);
        }}
      />
      {opened !== null && (
        <EventDetails
          event={opened}
          onClose={() => {
            go(filter, null);
          }}
        />
      )}
    </Page>
  );
}

interface EventsProps {
  filter: EventFilter;
  onOpen: (event: string) => void;
}

function Events({ filter, onOpen }: EventsProps) {
  const list = useEvents(useDeferredValue(filter));
  const events = list.data?.pages.flatMap((page) => page.items) ?? [];
  const asked = searchOf(filter).size > 0;
  return (
    <>
      {list.isPending && <Loading rows={8} />}
      {list.error !== null && list.data === undefined && (
        <Failure title={t('unreadable')} error={list.error} onRetry={() => void list.refetch()} />
      )}
      {list.data !== undefined && events.length === 0 && !list.hasNextPage && (
        <Paper>
          <Empty icon="search" title={asked ? t('none') : t('empty')} />
        </Paper>
      )}
      {events.length > 0 && <EventRows events={events} onOpen={onOpen} />}
      {list.hasNextPage && (
        <Button
          variant="outlined"
          sx={{ mt: 2 }}
          loading={list.isFetchingNextPage}
          onClick={() => void list.fetchNextPage()}
        >
          {t('more')}
        </Button>
      )}
    </>
  );
}
