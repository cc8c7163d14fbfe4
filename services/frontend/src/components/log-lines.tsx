// Log lines: when, how grave, who, what; one opens to show all that came with it.
import Box from '@mui/material/Box';
import ButtonBase from '@mui/material/ButtonBase';
import Link from '@mui/material/Link';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { Link as RouterLink } from 'react-router';
import { around } from '@/lib/range';
import { levelHealth, logsAddress, traceAddress, type LogLine } from '@/lib/telemetry';
import { clock, moment } from '@/lib/time';
import { mono } from '@/theme/typography';
import { CopyButton } from './copy-button';
import { Code, Facts, type Fact } from './facts';
import { HealthMark } from './health-mark';
import { t } from './words';

interface LogLinesProps {
  lines: readonly LogLine[];
  /** The page is about one trace: lines do not lead to it again. */
  withoutTrace?: boolean;
  label?: string;
}

export function LogLines({ lines, withoutTrace = false, label }: LogLinesProps) {
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());

  function toggle(line: string): void {
    const others = new Set(opened);
    if (!others.delete(line)) others.add(line);
    setOpened(others);
  }

  return (
    <Box
      component="ol"
      aria-label={label ?? t('logs')}
      sx={(theme) => ({
        listStyle: 'none',
        m: 0,
        p: 0,
        '& > li + li': { borderTop: `1px solid ${theme.vars.palette.divider}` },
      })}
    >
      {lines.map((line) => (
        <Line
          key={line.id}
          line={line}
          open={opened.has(line.id)}
          withoutTrace={withoutTrace}
          onToggle={toggle}
        />
      ))}
    </Box>
  );
}

interface LineProps {
  line: LogLine;
  open: boolean;
  withoutTrace: boolean;
  onToggle: (line: string) => void;
}

const columns = '92px 64px 116px minmax(0, 1fr)';

function Line({ line, open, withoutTrace, onToggle }: LineProps) {
  const hasTrace = line.trace_id !== '' && !withoutTrace;
  return (
    <li>
      <Box sx={{ display: 'flex', alignItems: 'center' }}>
        <ButtonBase
          aria-expanded={open}
          onClick={() => {
            onToggle(line.id);
          }}
          sx={(theme) => ({
            display: 'grid',
            gridTemplateColumns: { xs: 'auto auto minmax(0, 1fr)', md: columns },
            columnGap: 1.5,
            alignItems: 'baseline',
            flexGrow: 1,
            minWidth: 0,
            minHeight: { xs: 40, md: 26 },
            px: 1.5,
            py: 0.25,
            textAlign: 'left',
            fontSize: '0.75rem',
            '&:hover': { backgroundColor: theme.vars.palette.action.hover },
          })}
        >
          <Box
            component="time"
            dateTime={line.time}
            title={moment(line.time)}
            sx={{ fontFamily: mono, color: 'text.secondary', whiteSpace: 'nowrap' }}
          >
            {clock(line.time)}
          </Box>
          <HealthMark health={levelHealth(line.level)} label={line.level} />
          <Typography variant="caption" component="span" color="textSecondary" noWrap>
            {line.replica === '' ? line.service : line.replica}
          </Typography>
          <Box
            component="span"
            sx={{
              fontFamily: mono,
              minWidth: 0,
              gridColumn: { xs: '1 / -1', md: 'auto' },
              ...(open
                ? { overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' }
                : { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' }),
            }}
          >
            {line.message}
          </Box>
        </ButtonBase>
        {hasTrace && (
          <Link
            component={RouterLink}
            to={traceAddress(line.trace_id, line.span_id)}
            variant="caption"
            sx={{ px: 1.5, py: 0.5 }}
          >
            {t('openTrace')}
          </Link>
        )}
      </Box>
      {open && <Details line={line} />}
    </li>
  );
}

function Details({ line }: { line: LogLine }) {
  const facts: Fact[] = [
    ['time', <Code key="time">{line.time}</Code>],
    ['service', line.service],
    ...(line.replica === '' ? [] : [['replica', line.replica] satisfies Fact]),
    ...(line.trace_id === ''
      ? []
      : [['trace', <Code key="trace">{line.trace_id}</Code>] satisfies Fact]),
    ...Object.entries(line.attributes).map(([name, value]): Fact => [
      name,
      <Code key={name}>{typeof value === 'string' ? value : JSON.stringify(value)}</Code>,
    ]),
  ];
  return (
    <Box
      sx={(theme) => ({
        px: 1.5,
        py: 1.25,
        display: 'grid',
        gap: 1.25,
        backgroundColor: theme.vars.palette.surface.sunken,
      })}
    >
      <Facts facts={facts} />
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1.5, alignItems: 'center' }}>
        <CopyButton text={JSON.stringify(line)} />
        <Link
          component={RouterLink}
          to={logsAddress({ service: line.service }, around(line.time, 30, 30))}
          variant="caption"
        >
          {t('linesAround')}
        </Link>
      </Box>
    </Box>
  );
}
