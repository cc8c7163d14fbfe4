// Objectives: each promise with what is left of its budget.
import Box from '@mui/material/Box';
import Paper from '@mui/material/Paper';
import { Empty, Loading } from '@/components/feedback';
import { Page } from '@/components/page';
import { SignalFailure } from '@/components/signal-failure';
import { SignalNotice } from '@/components/signal-notice';
import { usual } from '@/lib/range';
import { useObjectives } from './api/use-objectives';
import { ObjectiveCard } from './components/objective-card';
import { t } from './words';

export default function ObjectivesPage() {
  const list = useObjectives();
  const items = list.data?.items ?? [];
  return (
    <Page title={t('title')} summary={t('summary')}>
      <SignalNotice signal="metrics" range={usual} list={list} />
      {list.isPending && <Loading rows={2} height={240} />}
      {list.error !== null && list.data === undefined && (
        <SignalFailure
          title={t('unreadable')}
          error={list.error}
          onRetry={() => void list.refetch()}
        />
      )}
      {list.data !== undefined && items.length === 0 && (
        <Paper>
          <Empty icon="objectives" title={t('empty')}>
            {t('emptyHint')}
          </Empty>
        </Paper>
      )}
      <Box
        sx={{
          display: 'grid',
          gap: 2,
          gridTemplateColumns: 'repeat(auto-fill, minmax(min(100%, 380px), 1fr))',
        }}
      >
        {items.map((objective) => (
          <ObjectiveCard key={objective.name} objective={objective} />
        ))}
      </Box>
    </Page>
  );
}
