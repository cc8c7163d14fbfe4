// All that is known of one step: its time, its attributes, what happened in it, its log lines.
import Box from '@mui/material/Box';
import Drawer from '@mui/material/Drawer';
import IconButton from '@mui/material/IconButton';
import Link from '@mui/material/Link';
import Typography from '@mui/material/Typography';
import { Link as RouterLink } from 'react-router';
import { Code, Facts, type Fact } from '@/components/facts';
import { Icon } from '@/components/icon';
import { Section } from '@/components/section';
import { milliseconds } from '@/lib/quantity';
import { logsAddress, tracesAddress } from '@/lib/telemetry';
import { errorOf, microMoment, titleOf, type SpanRow } from '../waterfall';
import { t } from '../words';
import { ServiceMark } from './trace-rows';

interface SpanDetailsProps {
  row: SpanRow;
  trace: string;
  onClose: () => void;
}

export function SpanDetails({ row, trace, onClose }: SpanDetailsProps) {
  const { span } = row;
  return (
    <Drawer
      open
      anchor="right"
      onClose={onClose}
      slotProps={{
        paper: { sx: { width: 'min(100vw, 480px)', p: 2.5 }, 'aria-label': t('step') },
      }}
    >
      <Box sx={{ display: 'flex', alignItems: 'flex-start', gap: 1, mb: 2 }}>
        <Typography variant="h2" sx={{ flexGrow: 1, overflowWrap: 'anywhere' }}>
          {titleOf(span)}
        </Typography>
        <IconButton aria-label={t('close')} onClick={onClose}>
          <Icon name="close" />
        </IconButton>
      </Box>
      <Box sx={{ display: 'grid', gap: 2.5, gridTemplateColumns: 'minmax(0, 1fr)' }}>
        <Facts facts={factsOf(row)} />
        <Box sx={{ display: 'flex', flexWrap: 'wrap', columnGap: 2.5, fontSize: '0.8125rem' }}>
          <Link component={RouterLink} to={logsAddress({ trace, service: span.service })}>
            {t('lines')}
          </Link>
          <Link
            component={RouterLink}
            to={tracesAddress({ service: span.service, operation: span.name })}
          >
            {t('like')}
          </Link>
        </Box>
        <Values title={t('attributes')} values={span.attributes} />
        {span.events.length > 0 && (
          <Section title={t('events')}>
            <Box sx={{ display: 'grid', gap: 1.5 }}>
              {span.events.map((event) => (
                <div key={`${event.time} ${event.name}`}>
                  <Typography variant="body2" sx={{ fontWeight: 550 }}>
                    {event.name}{' '}
                    <Typography variant="caption" component="span" color="textSecondary">
                      +{milliseconds(microMoment(event.time) - microMoment(span.start))}
                    </Typography>
                  </Typography>
                  <Facts facts={codedFacts(event.attributes)} />
                </div>
              ))}
            </Box>
          </Section>
        )}
      </Box>
    </Drawer>
  );
}

function factsOf({ span, start, own }: SpanRow): Fact[] {
  const error = errorOf(span);
  return [
    [t('service'), <ServiceMark key="service" service={span.service} />],
    [t('replica'), span.replica === '' ? '–' : <Code>{span.replica}</Code>],
    [t('kind'), span.kind],
    [t('after'), milliseconds(start)],
    [t('duration'), milliseconds(span.duration_ms)],
    [t('own'), milliseconds(own)],
    ...(error === null
      ? []
      : ([
          [
            t('status'),
            <Typography key="status" variant="body2" component="span" color="error">
              {[t('failed'), error].filter((word) => word !== '').join(': ')}
            </Typography>,
          ],
        ] satisfies Fact[])),
  ];
}

const codedFacts = (values: Record<string, unknown>): Fact[] =>
  Object.entries(values)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, value]) => [
      name,
      <Code key={name}>{typeof value === 'string' ? value : JSON.stringify(value)}</Code>,
    ]);

function Values({ title, values }: { title: string; values: Record<string, unknown> }) {
  const facts = codedFacts(values);
  if (facts.length === 0) return null;
  return (
    <Section title={title}>
      <Facts facts={facts} />
    </Section>
  );
}
