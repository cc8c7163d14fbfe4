// The log lines that name a trace.
import Link from '@mui/material/Link';
import Typography from '@mui/material/Typography';
import { Link as RouterLink } from 'react-router';
import { Loading } from '@/components/feedback';
import { LogLines } from '@/components/log-lines';
import { Section } from '@/components/section';
import { SignalFailure } from '@/components/signal-failure';
import { useLines } from '@/hooks/use-signals';
import type { Range } from '@/lib/range';
import { logsAddress, type LogLine } from '@/lib/telemetry';
import { t } from '../words';

/** By the time at which they were written: some writers hand over later than others. */
const inOrder = (lines: readonly LogLine[]): LogLine[] =>
  [...lines].sort((one, other) => Date.parse(one.time) - Date.parse(other.time));

export function TraceLines({ trace, range }: { trace: string; range: Range }) {
  const list = useLines({ trace_id: trace }, range);
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Section
      title={t('lines')}
      action={
        <Link component={RouterLink} to={logsAddress({ trace }, range)} variant="caption">
          {t('linesAll')}
        </Link>
      }
    >
      {list.isPending && <Loading rows={3} height={26} />}
      {list.error !== null && list.data === undefined && (
        <SignalFailure
          title={t('linesUnreadable')}
          error={list.error}
          onRetry={() => void list.refetch()}
        />
      )}
      {list.data !== undefined && items.length === 0 && (
        <Typography variant="body2" color="textSecondary">
          {t('linesNone')}
        </Typography>
      )}
      {items.length > 0 && <LogLines lines={inOrder(items)} withoutTrace />}
    </Section>
  );
}
