// One trace: its steps on one time, where the time went, and the log lines that belong to it.
import Box from '@mui/material/Box';
import Paper from '@mui/material/Paper';
import { useMemo } from 'react';
import { useParams, useSearchParams } from 'react-router';
import { Age } from '@/components/age';
import { BackLink } from '@/components/back-link';
import { CopyButton } from '@/components/copy-button';
import { Code, Facts } from '@/components/facts';
import { Empty, Loading } from '@/components/feedback';
import { HealthMark } from '@/components/health-mark';
import { Page } from '@/components/page';
import { Section } from '@/components/section';
import { SignalFailure } from '@/components/signal-failure';
import { ProblemError } from '@/lib/problem';
import { milliseconds } from '@/lib/quantity';
import { around } from '@/lib/range';
import { isTelemetryOff, type Trace } from '@/lib/telemetry';
import { moment } from '@/lib/time';
import { useTrace } from './api/use-traces';
import { SpanDetails } from './components/span-details';
import { TimeShares } from './components/time-shares';
import { TraceLines } from './components/trace-lines';
import { WaterfallView } from './components/waterfall-view';
import { shares, titleOf, waterfallOf } from './waterfall';
import { t } from './words';

export default function TracePage() {
  const { id = '' } = useParams();
  const found = useTrace(id);
  const missing =
    found.error instanceof ProblemError &&
    [400, 404].includes(found.error.status) &&
    !isTelemetryOff(found.error);
  if (found.data !== undefined && found.data.spans.length > 0) return <Known trace={found.data} />;
  return (
    <Page title={t('trace')} above={<BackLink to="/traces">{t('title')}</BackLink>}>
      {found.isPending && <Loading />}
      {(missing || found.data !== undefined) && (
        <Paper>
          <Empty icon="search" title={t('missing')}>
            {t('missingHint')}
          </Empty>
        </Paper>
      )}
      {found.error !== null && !missing && (
        <SignalFailure
          title={t('oneUnreadable')}
          error={found.error}
          onRetry={() => void found.refetch()}
        />
      )}
    </Page>
  );
}

function Known({ trace }: { trace: Trace }) {
  const [search, setSearch] = useSearchParams();
  const waterfall = useMemo(() => waterfallOf(trace), [trace]);
  const { rows } = waterfall;
  const first = rows[0]!.span;
  const chosen = rows.find(({ span }) => span.span_id === search.get('span')) ?? null;
  const requests = rows.filter(({ depth }) => depth === 0).length;
  const errors = rows.filter(({ span }) => span.status === 'error').length;
  const range = around(first.start, 60, 60 + waterfall.duration / 1000);

  function choose(span: string | null): void {
    setSearch(span === null ? {} : { span }, { replace: true });
  }

  return (
    <Page
      title={titleOf(first)}
      above={<BackLink to="/traces">{t('title')}</BackLink>}
      beside={
        errors > 0 && <HealthMark badge health="bad" label={t('errors', { count: errors })} />
      }
      summary={
        <>
          {requests > 1 && `${t('requests', { count: requests })} · `}
          <Code>{trace.trace_id}</Code>
        </>
      }
      actions={<CopyButton text={trace.trace_id} />}
    >
      <Box
        sx={{
          display: 'grid',
          gap: 2,
          alignItems: 'start',
          gridTemplateColumns: { xs: 'minmax(0, 1fr)', lg: 'minmax(0, 1fr) 300px' },
        }}
      >
        <Paper sx={{ p: { xs: 1, sm: 1.5 }, overflow: 'hidden' }}>
          <WaterfallView
            waterfall={waterfall}
            chosen={chosen?.span.span_id ?? null}
            onChoose={choose}
          />
        </Paper>
        <Paper sx={{ p: 2, display: 'grid', gap: 2.5 }}>
          <Facts
            facts={[
              [
                t('began'),
                <span key="began">
                  {moment(first.start)} (<Age value={first.start} />)
                </span>,
              ],
              [t('duration'), milliseconds(waterfall.duration)],
              [t('steps'), String(rows.length)],
            ]}
          />
          <Section title={t('whereTo')}>
            <TimeShares shares={shares(rows)} />
          </Section>
        </Paper>
        <Paper sx={{ p: 2, gridColumn: '1 / -1', minWidth: 0 }}>
          <TraceLines trace={trace.trace_id} range={range} />
        </Paper>
      </Box>
      {chosen !== null && (
        <SpanDetails
          row={chosen}
          trace={trace.trace_id}
          onClose={() => {
            choose(null);
          }}
        />
      )}
    </Page>
  );
}
