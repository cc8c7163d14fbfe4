// The runbooks, by name.
import Link from '@mui/material/Link';
import Paper from '@mui/material/Paper';
import { Link as RouterLink } from 'react-router';
import { BackLink } from '@/components/back-link';
import { Empty, Failure, Loading } from '@/components/feedback';
import { Page } from '@/components/page';
import { Row, Rows } from '@/components/row';
import { runbookAddress } from '@/lib/telemetry';
import { useRunbooks } from './api/use-alerts';
import { t } from './words';

export default function RunbooksPage() {
  const list = useRunbooks();
  const items = list.data?.items ?? [];
  return (
    <Page
      title={t('runbooks')}
      summary={t('runbooksAbout')}
      above={<BackLink to="/alerts">{t('title')}</BackLink>}
    >
      {list.isPending && <Loading rows={6} />}
      {list.error !== null && list.data === undefined && (
        <Failure
          title={t('runbookUnreadable')}
          error={list.error}
          onRetry={() => void list.refetch()}
        />
      )}
      {list.data !== undefined && items.length === 0 && (
        <Paper>
          <Empty icon="book" title={t('noRunbooks')} />
        </Paper>
      )}
      {items.length > 0 && (
        <Paper>
          <Rows label={t('runbooks')}>
            {items.map(({ name, title }) => (
              <Row
                key={name}
                icon="book"
                name={
                  <Link component={RouterLink} to={runbookAddress(name)} color="textPrimary">
                    {title}
                  </Link>
                }
                about={name}
              />
            ))}
          </Rows>
        </Paper>
      )}
    </Page>
  );
}
