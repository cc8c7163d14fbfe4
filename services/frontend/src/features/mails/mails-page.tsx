// The mails that one machine keeps instead of sending them: a list, and one to read.
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Paper from '@mui/material/Paper';
import useMediaQuery from '@mui/material/useMediaQuery';
import type { Theme } from '@mui/material/styles';
import { useQuery } from '@tanstack/react-query';
import { useSearchParams } from 'react-router';
import { Empty, Failure, Loading } from '@/components/feedback';
import { Icon } from '@/components/icon';
import { Page } from '@/components/page';
import { mailsQuery, type Mail } from '@/hooks/use-mails';
import { ProblemError } from '@/lib/problem';
import { MailList } from './components/mail-list';
import { MailText } from './components/mail-text';
import { t } from './words';

export default function MailsPage() {
  const mails = useQuery({ ...mailsQuery, refetchInterval: 5_000 });
  const missing = mails.error instanceof ProblemError && [403, 404].includes(mails.error.status);
  return (
    <Page title={t('title')} summary={t('summary')}>
      {mails.isPending && <Loading />}
      {mails.data === undefined && missing && (
        <Paper>
          <Empty icon="mail" title={t('notHere')} />
        </Paper>
      )}
      {mails.data === undefined && mails.error !== null && !missing && (
        <Failure
          title={t('unreadable')}
          error={mails.error}
          onRetry={() => void mails.refetch()}
        />
      )}
      {mails.data?.items.length === 0 && (
        <Paper>
          <Empty icon="mail" title={t('none')}>
            {t('noneAbout')}
          </Empty>
        </Paper>
      )}
      {mails.data !== undefined && mails.data.items.length > 0 && (
        <Reader mails={mails.data.items} />
      )}
    </Page>
  );
}

function Reader({ mails }: { mails: readonly Mail[] }) {
  const [search, setSearch] = useSearchParams();
  const wide = useMediaQuery((theme: Theme) => theme.breakpoints.up('md'), { noSsr: true });
  const chosen = mails.find((mail) => mail.id === search.get('mail')) ?? null;
  const choose = (mail: string): void => {
    setSearch({ mail });
  };
  if (!wide && chosen !== null) {
    return (
      <>
        <Button
          startIcon={<Icon name="chevronLeft" size={14} />}
          onClick={() => {
            setSearch({});
          }}
          sx={{ mb: 1 }}
        >
          {t('back')}
        </Button>
        <MailText mail={chosen} />
      </>
    );
  }
  return (
    <Box
      sx={{
        display: 'grid',
        gap: 3,
        alignItems: 'start',
        gridTemplateColumns: wide ? 'minmax(280px, 380px) minmax(0, 1fr)' : 'minmax(0, 1fr)',
      }}
    >
      <MailList mails={mails} chosen={chosen?.id ?? null} onChoose={choose} />
      {wide && chosen !== null && <MailText mail={chosen} />}
      {wide && chosen === null && (
        <Paper>
          <Empty icon="mail" title={t('choose')} />
        </Paper>
      )}
    </Box>
  );
}
