// An address that no page has.
import Button from '@mui/material/Button';
import { Link } from 'react-router';
import { Empty } from '@/components/feedback';
import { Page } from '@/components/page';
import { t } from './words';

export function NotFoundPage() {
  return (
    <Page title={t('notFound')}>
      <Empty icon="search" title={t('notFoundAbout')}>
        <Button component={Link} to="/" variant="outlined" sx={{ mt: 1.5 }}>
          {t('toOverview')}
        </Button>
      </Empty>
    </Page>
  );
}
