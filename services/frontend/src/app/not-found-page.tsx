// An address that no page has.
import Button from '@mui/material/Button';
import { Link } from 'react-router';
import { Empty } from '@/components/feedback';
import { Page } from '@/components/page';

export function NotFoundPage() {
  return (
    <Page title="Not found">
      <Empty icon="search" title="There is no page at this address">
        <Button component={Link} to="/" variant="outlined" sx={{ mt: 1.5 }}>
          Go to the overview
        </Button>
      </Empty>
    </Page>
  );
}
