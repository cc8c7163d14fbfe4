// The looks of the diagram, as one style sheet over its classes.
import type { SystemStyleObject } from '@mui/system';
import type { Theme } from '@mui/material/styles';
import type { Health } from '@/lib/health';
import { mono } from '@/theme/typography';

const healths: readonly Health[] = ['good', 'busy', 'warn', 'bad', 'idle'];

export const diagramStyles = (theme: Theme): SystemStyleObject<Theme> => {
  const { palette } = theme.vars;
  return {
    display: 'block',
    fontFamily: theme.typography.fontFamily,
    '& .band': { fill: palette.surface.sunken, stroke: palette.divider },
    '& .band-label': { fill: palette.text.primary, fontSize: 12, fontWeight: 600 },
    '& .band-hint': { fill: palette.text.secondary, fontSize: 12 },
    '& .entry': { fill: palette.background.paper, stroke: palette.divider },
    '& .entry-label': { fill: palette.text.secondary, fontSize: 12, fontWeight: 500 },
    '& .grid': { fill: palette.surface.grid },
    '& .edge': { fill: 'none', stroke: palette.text.disabled, strokeWidth: 1.4 },
    '& .head': { fill: palette.text.disabled },
    '& .edge.lit': { stroke: palette.primary.main, strokeWidth: 2 },
    '& .head.lit': { fill: palette.primary.main },
    '& .edge.broken': { stroke: palette.state.bad.main, strokeDasharray: '4 4' },
    '& .head.broken': { fill: palette.state.bad.main },
    '& .flow': {
      fill: palette.text.secondary,
      fontSize: 11,
      fontVariantNumeric: 'tabular-nums',
      stroke: palette.background.default,
      strokeWidth: 5,
      paintOrder: 'stroke',
    },
    '& .flow.warn': { fill: palette.state.warn.main, fontWeight: 600 },
    '& .flow.bad': { fill: palette.state.bad.main, fontWeight: 600 },
    '& .faint': { opacity: 0.32 },
    '& .card': { cursor: 'pointer', outline: 'none', transition: 'opacity 120ms' },
    '& .card .face': { fill: palette.surface.raised, stroke: palette.divider },
    '& .card:hover .face': { stroke: palette.text.disabled },
    '& .card.bad .face': { stroke: palette.state.bad.main },
    '& .card.warn .face': { stroke: palette.state.warn.main },
    '& .card.chosen .face': { stroke: palette.primary.main, strokeWidth: 2 },
    '& .card .ring': { fill: 'none', stroke: 'none' },
    '& .card:focus-visible .ring': { stroke: palette.primary.main, strokeWidth: 2 },
    '& .name': { fill: palette.text.primary, fontSize: 13.5, fontWeight: 600 },
    '& .about': { fill: palette.text.secondary, fontSize: 12 },
    '& .glyph': { fill: 'none', stroke: palette.text.secondary, strokeWidth: 1.3 },
    '& .rule': { stroke: palette.divider },
    '& .zone': { fill: palette.text.secondary, fontSize: 11, fontFamily: mono },
    '& .word': { fontSize: 12, fontWeight: 500, textAnchor: 'end' },
    '& .pip.unknown': { fill: 'none', stroke: palette.text.disabled },
    ...Object.fromEntries(
      healths.flatMap((health) => [
        [`& .word.${health}`, { fill: palette.state[health].main }],
        [`& .pip.${health}`, { fill: palette.state[health].main }],
      ]),
    ),
  };
};
