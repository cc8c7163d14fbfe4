// Traces: the search for them, or the graph of services that they show.
import Box from '@mui/material/Box';
import ToggleButton from '@mui/material/ToggleButton';
import ToggleButtonGroup from '@mui/material/ToggleButtonGroup';
import { useDeferredValue } from 'react';
import { useSearchParams } from 'react-router';
import { ListState } from '@/components/list-state';
import { Page } from '@/components/page';
import { RangeChoice } from '@/components/range-choice';
import { SignalFailure } from '@/components/signal-failure';
import { SignalNotice } from '@/components/signal-notice';
import { rangeOf, searchOfRange, type Range } from '@/lib/range';
import { useTraces } from './api/use-traces';
import { ServiceGraph } from './components/service-graph';
import { TraceFilterBar } from './components/trace-filter-bar';
import { TracePoints } from './components/trace-points';
import { TraceRows } from './components/trace-rows';
import { filterOf, searchOf, type TraceFilter } from './filter';
import { t } from './words';

export default function TracesPage() {
  const [search, setSearch] = useSearchParams();
  const [filter, range] = [filterOf(search), rangeOf(search)];
  const isGraph = search.get('view') === 'graph';

  function go(next: TraceFilter, stretch: Range, graph = isGraph): void {
    const view: Record<string, string> = graph ? { view: 'graph' } : {};
    setSearch({ ...view, ...searchOf(next), ...searchOfRange(stretch) }, { replace: true });
  }

  return (
    <Page
      title={t('title')}
      summary={t('summary')}
      actions={
        <ToggleButtonGroup
          exclusive
          size="small"
          aria-label={t('views')}
          value={isGraph ? 'graph' : 'search'}
          onChange={(_event, view: string | null) => {
            if (view !== null) go(filter, range, view === 'graph');
          }}
        >
          <ToggleButton value="search">{t('search')}</ToggleButton>
          <ToggleButton value="graph">{t('graph')}</ToggleButton>
        </ToggleButtonGroup>
      }
    >
      {isGraph ? (
        <>
          <Box sx={{ display: 'flex', mb: 2 }}>
            <RangeChoice
              range={range}
              onChange={(next) => {
                go(filter, next);
              }}
            />
          </Box>
          <ServiceGraph range={range} />
        </>
      ) : (
        <>
          <TraceFilterBar filter={filter} range={range} onChange={go} />
          <Found filter={filter} range={range} />
        </>
      )}
    </Page>
  );
}

function Found({ filter, range }: { filter: TraceFilter; range: Range }) {
  const list = useTraces(useDeferredValue(filter), range);
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  const asked = Object.keys(searchOf(filter)).length > 0;
  return (
    <>
      <SignalNotice signal="traces" range={range} list={list} />
      <ListState
        list={list}
        count={items.length}
        icon={asked ? 'search' : 'traces'}
        empty={asked ? t('none') : t('empty')}
        hint={asked ? t('noneHint') : t('emptyHint')}
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
        <TracePoints traces={items} />
        <TraceRows traces={items} />
      </ListState>
    </>
  );
}
