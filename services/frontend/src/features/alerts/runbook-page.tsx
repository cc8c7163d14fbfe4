// A runbook: what to look at and what to do when its alert has come.
import Paper from '@mui/material/Paper';
import { useParams } from 'react-router';
import { BackLink } from '@/components/back-link';
import { Empty, Failure, Loading } from '@/components/feedback';
import { Page } from '@/components/page';
import { ProblemError } from '@/lib/problem';
import { useRunbook } from './api/use-alerts';
import { MarkdownView } from './components/markdown-view';
import { t } from './words';

export default function RunbookPage() {
  const { name = '' } = useParams();
  const found = useRunbook(name);
  const missing = found.error instanceof ProblemError && [400, 404].includes(found.error.status);
  return (
    <Page
      title={found.data?.title ?? name}
      above={<BackLink to="/runbooks">{t('runbooks')}</BackLink>}
    >
      {found.isPending && <Loading />}
      {missing && <Empty icon="search" title={t('runbookMissing')} />}
      {found.error !== null && !missing && (
        <Failure
          title={t('runbookUnreadable')}
          error={found.error}
          onRetry={() => void found.refetch()}
        />
      )}
      {found.data !== undefined && (
        <Paper sx={{ p: { xs: 2, sm: 3 } }}>
          <MarkdownView text={bodyOf(found.data.text)} />
        </Paper>
      )}
    </Page>
  );
}

/** Without the first heading: it is the title of the page. */
const bodyOf = (text: string): string => text.replace(/^\s*#\s.*\n/, '');
