// All that was recorded of one event: before, after, from where, and whether it is genuine.
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Drawer from '@mui/material/Drawer';
import IconButton from '@mui/material/IconButton';
import Link from '@mui/material/Link';
import Typography from '@mui/material/Typography';
import { Link as RouterLink } from 'react-router';
import { Age } from '@/components/age';
import { Code, Facts, type Fact } from '@/components/facts';
import { Failure, Loading } from '@/components/feedback';
import { Icon } from '@/components/icon';
import { Section } from '@/components/section';
import { traceAddress } from '@/lib/telemetry';
import { moment } from '@/lib/time';
import { useEvent, type AuditEventDetail } from '../api/use-audit';
import { t } from '../words';

interface EventDetailsProps {
  event: string;
  onClose: () => void;
}

export function EventDetails({ event, onClose }: EventDetailsProps) {
  const found = useEvent(event);
  return (
    <Drawer
      open
      anchor="right"
      onClose={onClose}
      slotProps={{
        paper: { sx: { width: 'min(100vw, 520px)', p: 2.5 }, 'aria-label': t('detail') },
      }}
    >
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 1, mb: 2 }}>
        <Typography variant="h2" sx={{ flexGrow: 1, overflowWrap: 'anywhere' }}>
          {found.data?.action ?? t('detail')}
        </Typography>
        <IconButton aria-label={t('close')} onClick={onClose}>
          <Icon name="close" />
        </IconButton>
      </Box>
      {found.isPending && <Loading rows={4} />}
      {found.error !== null && (
        <Failure
          title={t('unreadable')}
          error={found.error}
          onRetry={() => void found.refetch()}
        />
      )}
      {found.data !== undefined && <Details event={found.data} />}
    </Drawer>
  );
}

function Details({ event }: { event: AuditEventDetail }) {
  return (
    <Box sx={{ display: 'grid', gap: 2.5 }}>
      <Genuine event={event} />
      <Facts facts={factsOf(event)} />
      <Values title={t('before')} values={event.before} />
      <Values title={t('after')} values={event.after} />
      <Values title={t('detail')} values={event.detail} />
    </Box>
  );
}

function Genuine({ event }: { event: AuditEventDetail }) {
  if (!event.signed) return <Alert severity="warning">{t('unsigned')}</Alert>;
  if (!event.genuine) return <Alert severity="error">{t('altered')}</Alert>;
  return <Alert severity="success">{t('genuine')}</Alert>;
}

function factsOf(event: AuditEventDetail): Fact[] {
  const coded = (value: string) => (value === '' ? '–' : <Code>{value}</Code>);
  return [
    [t('outcome'), t(event.outcome)],
    ['Actor', event.actor_name ?? event.actor],
    ['Target', coded(event.target)],
    [
      'When',
      <span key="at">
        {moment(event.at)} (<Age value={event.at} />)
      </span>,
    ],
    [t('address'), coded(event.address)],
    [t('request'), coded(event.request_id)],
    [t('trace'), <TraceLink key="trace" trace={event.trace_id} />],
    [t('position'), event.position === null ? t('waiting') : String(event.position)],
    [t('seal'), coded(event.seal ?? '')],
  ];
}

function TraceLink({ trace }: { trace: string }) {
  if (trace === '') return '–';
  return (
    <Link component={RouterLink} to={traceAddress(trace)}>
      <Code>{trace}</Code>
    </Link>
  );
}

function Values({ title, values }: { title: string; values: Record<string, unknown> | null }) {
  const entries = Object.entries(values ?? {});
  if (entries.length === 0) return null;
  return (
    <Section title={title}>
      <Facts
        facts={entries.map(([name, value]): Fact => [
          name,
          <Code key={name}>{typeof value === 'string' ? value : JSON.stringify(value)}</Code>,
        ])}
      />
    </Section>
  );
}
