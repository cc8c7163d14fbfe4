// What each environment would cost at AWS in a month, line by line, and what would save.
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useSearchParams } from 'react-router';
import { Empty, Failure, Loading } from '@/components/feedback';
import { Page } from '@/components/page';
import { Section } from '@/components/section';
import { useBills, type Bill, type Estimate } from './api/use-bills';
import { BillChoice } from './components/bill-choice';
import { BillTable } from './components/bill-table';
import { SavingList } from './components/saving-list';
import { t } from './words';

export default function CostPage() {
  const bills = useBills();
  return (
    <Page title={t('title')} summary={t('summary')}>
      {bills.isPending && <Loading rows={8} />}
      {bills.error !== null && bills.data === undefined && (
        <Failure
          title={t('unreadable')}
          error={bills.error}
          onRetry={() => void bills.refetch()}
        />
      )}
      {bills.data?.items.length === 0 && <Empty icon="cost" title={t('none')} />}
      {bills.data !== undefined && bills.data.items.length > 0 && (
        <Bills bills={bills.data.items} />
      )}
    </Page>
  );
}

function Bills({ bills }: { bills: readonly Bill[] }) {
  const [search, setSearch] = useSearchParams();
  const wanted = search.get('environment');
  const chosen = bills.find((bill) => bill.environment === wanted) ?? bills[0]!;
  return (
    <Box sx={{ display: 'grid', gap: 3, gridTemplateColumns: 'minmax(0, 1fr)' }}>
      <BillChoice
        bills={bills}
        chosen={chosen.environment}
        onChoose={(environment) => {
          setSearch({ environment }, { replace: true });
        }}
      />
      {chosen.estimate === null ? (
        <Alert severity="warning">{chosen.problem}</Alert>
      ) : (
        <Details estimate={chosen.estimate} />
      )}
    </Box>
  );
}

function Details({ estimate }: { estimate: Estimate }) {
  return (
    <>
      <Section title={t('billIn', { environment: estimate.environment, region: estimate.region })}>
        <BillTable estimate={estimate} />
        <Typography variant="caption" component="p" color="textSecondary" sx={{ mt: 1 }}>
          {t('leftOut', { names: estimate.left_out.join('; ') })}
        </Typography>
      </Section>
      {estimate.savings.length > 0 && (
        <Section title={t('savings')}>
          <SavingList savings={estimate.savings} />
        </Section>
      )}
    </>
  );
}
