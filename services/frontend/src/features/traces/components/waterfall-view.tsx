// The steps of a trace, each as a bar on the trace's own time, under the step that caused it.
import Box from '@mui/material/Box';
import ButtonBase from '@mui/material/ButtonBase';
import IconButton from '@mui/material/IconButton';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { Icon } from '@/components/icon';
import { milliseconds } from '@/lib/quantity';
import { valueTicks } from '@/lib/scale';
import { tones, toneOf } from '@/theme/series';
import { placeOf, titleOf, visible, type SpanRow, type Waterfall } from '../waterfall';
import { t } from '../words';

interface WaterfallViewProps {
  waterfall: Waterfall;
  chosen: string | null;
  onChoose: (span: string) => void;
}

/** Deeper steps are indented no further: names must stay readable. */
const deepest = 8;

export function WaterfallView({ waterfall, chosen, onChoose }: WaterfallViewProps) {
  const [folded, setFolded] = useState<ReadonlySet<string>>(new Set());
  const duration = waterfall.duration || 1;
  const ticks = valueTicks(duration, 4).filter((tick) => tick <= duration);

  function fold(span: string): void {
    const others = new Set(folded);
    if (!others.delete(span)) others.add(span);
    setFolded(others);
  }

  return (
    <Box
      sx={(theme) => ({
        '--name': { xs: '0px', md: '40%' },
        '& .mark, & .bar': { backgroundColor: theme.vars.palette.series.slate },
        ...Object.fromEntries(
          tones.map((tone) => [
            `& .mark.${tone}, & .bar.${tone}`,
            { backgroundColor: theme.vars.palette.series[tone] },
          ]),
        ),
      })}
    >
      <Axis ticks={ticks} duration={duration} />
      <Box component="ul" aria-label={t('steps')} sx={{ listStyle: 'none', m: 0, p: 0 }}>
        {visible(waterfall.rows, folded).map((row) => (
          <Row
            key={row.span.span_id}
            row={row}
            duration={duration}
            chosen={chosen === row.span.span_id}
            folded={folded.has(row.span.span_id)}
            onChoose={onChoose}
            onFold={fold}
          />
        ))}
      </Box>
    </Box>
  );
}

function Axis({ ticks, duration }: { ticks: readonly number[]; duration: number }) {
  return (
    <Box
      aria-hidden
      sx={{ ml: { xs: 1, md: 'var(--name)' }, mr: 7, height: 18, position: 'relative' }}
    >
      {ticks.map((tick) => (
        <Typography
          key={tick}
          variant="caption"
          color="textSecondary"
          sx={{ position: 'absolute', whiteSpace: 'nowrap', fontSize: '0.6875rem' }}
          style={{ left: `${String((tick / duration) * 100)}%` }}
        >
          {milliseconds(tick)}
        </Typography>
      ))}
    </Box>
  );
}

interface RowProps {
  row: SpanRow;
  duration: number;
  chosen: boolean;
  folded: boolean;
  onChoose: (span: string) => void;
  onFold: (span: string) => void;
}

function Row({ row, duration, chosen, folded, onChoose, onFold }: RowProps) {
  const { span, depth, children } = row;
  return (
    <Box
      component="li"
      sx={(theme) => ({
        position: 'relative',
        borderTop: `1px solid ${theme.vars.palette.divider}`,
        backgroundColor: chosen ? theme.vars.palette.action.selected : undefined,
        '&:hover': { backgroundColor: theme.vars.palette.action.hover },
      })}
    >
      <ButtonBase
        aria-pressed={chosen}
        onClick={() => {
          onChoose(span.span_id);
        }}
        sx={{
          display: 'grid',
          gridTemplateColumns: { xs: 'minmax(0, 1fr)', md: 'var(--name) minmax(0, 1fr)' },
          alignItems: 'center',
          width: '100%',
          minHeight: { xs: 46, md: 30 },
          textAlign: 'left',
        }}
      >
        <Name row={row} />
        <Bar row={row} duration={duration} />
      </ButtonBase>
      {children > 0 && (
        <IconButton
          aria-expanded={!folded}
          aria-label={t(folded ? 'unfold' : 'fold', { name: titleOf(span) })}
          onClick={() => {
            onFold(span.span_id);
          }}
          sx={{ position: 'absolute', top: { xs: 0, md: 3 }, width: 24, height: 24 }}
          style={{ left: `${String(indent(depth) - 24)}px` }}
        >
          <Icon name={folded ? 'chevronRight' : 'chevronDown'} size={12} />
        </IconButton>
      )}
    </Box>
  );
}

const indent = (depth: number): number => 26 + Math.min(depth, deepest) * 14;

function Name({ row: { span, depth, orphan } }: { row: SpanRow }) {
  return (
    <Box
      component="span"
      sx={{ display: 'flex', alignItems: 'center', gap: 0.75, minWidth: 0, pr: 1 }}
      style={{ paddingLeft: `${String(indent(depth))}px` }}
    >
      <Box
        component="span"
        aria-hidden
        className={`mark ${toneOf(placeOf(span))}`}
        sx={{ width: 8, height: 8, flexShrink: 0, borderRadius: '2.5px' }}
      />
      <Typography variant="body2" component="span" noWrap sx={{ minWidth: 0 }}>
        <Box component="span" sx={{ color: 'text.secondary' }}>
          {placeOf(span)}
        </Box>{' '}
        {titleOf(span)}
      </Typography>
      {span.status === 'error' && (
        <Typography variant="caption" component="span" color="error" sx={{ fontWeight: 600 }}>
          {t('failed')}
        </Typography>
      )}
      {orphan && (
        <Typography
          variant="caption"
          component="span"
          color="textSecondary"
          title={t('orphan')}
          aria-label={t('orphan')}
        >
          …
        </Typography>
      )}
    </Box>
  );
}

function Bar({ row: { span, start }, duration }: { row: SpanRow; duration: number }) {
  const words = { start: milliseconds(start), duration: milliseconds(span.duration_ms) };
  return (
    <Box
      component="span"
      sx={{ display: 'block', position: 'relative', height: 18, mr: 7, ml: { xs: 1, md: 0 } }}
    >
      <Box
        component="span"
        role="img"
        aria-label={t('barAt', words)}
        className={`bar ${toneOf(placeOf(span))}`}
        sx={(theme) => ({
          position: 'absolute',
          top: 4,
          height: 10,
          minWidth: 2,
          borderRadius: '2.5px',
          ...(span.status === 'error' && {
            boxShadow: `0 0 0 1.5px ${theme.vars.palette.state.bad.main}`,
          }),
        })}
        style={{
          left: `${String((start / duration) * 100)}%`,
          width: `${String((span.duration_ms / duration) * 100)}%`,
        }}
      />
      <Typography
        variant="caption"
        component="span"
        color="textSecondary"
        aria-hidden
        sx={{
          position: 'absolute',
          whiteSpace: 'nowrap',
          lineHeight: '18px',
          pl: 0.75,
          fontVariantNumeric: 'tabular-nums',
        }}
        style={{
          left: `${String(Math.min(100, ((start + span.duration_ms) / duration) * 100))}%`,
        }}
      >
        {words.duration}
      </Typography>
    </Box>
  );
}
