// Who calls whom: a drawing where there is room, and a table with all numbers everywhere.
import Box from '@mui/material/Box';
import Paper from '@mui/material/Paper';
import Typography from '@mui/material/Typography';
import type { SystemStyleObject } from '@mui/system';
import type { Theme } from '@mui/material/styles';
import { useNavigate } from 'react-router';
import { Empty, Loading } from '@/components/feedback';
import { SignalFailure } from '@/components/signal-failure';
import { SignalNotice } from '@/components/signal-notice';
import { useGraph } from '@/hooks/use-signals';
import { useWays } from '@/hooks/use-ways';
import { useWidth } from '@/hooks/use-width';
import { milliseconds, percent, perSecond } from '@/lib/quantity';
import type { Range } from '@/lib/range';
import type { Call } from '@/lib/telemetry';
import { tones, toneOf } from '@/theme/series';
import { box, graphOf, narrowest, type GraphEdge, type GraphNode } from '../graph';
import { t } from '../words';
import { CallTable } from './call-table';

export function ServiceGraph({ range }: { range: Range }) {
  const graph = useGraph(range);
  return (
    <>
      <SignalNotice signal="traces" range={range} list={graph} />
      <Found graph={graph} range={range} />
    </>
  );
}

function Found({ graph, range }: { graph: ReturnType<typeof useGraph>; range: Range }) {
  if (graph.isPending) return <Loading rows={4} height={56} />;
  if (graph.data === undefined) {
    return (
      <SignalFailure
        title={t('graphUnreadable')}
        error={graph.error}
        onRetry={() => void graph.refetch()}
      />
    );
  }
  const { items, sampled } = graph.data;
  if (items.length === 0) {
    return (
      <Paper>
        <Empty icon="traces" title={t('graphEmpty')}>
          {t('noneHint')}
        </Empty>
      </Paper>
    );
  }
  return (
    <Box sx={{ display: 'grid', gap: 2, gridTemplateColumns: 'minmax(0, 1fr)' }}>
      {sampled && (
        <Typography variant="caption" color="textSecondary">
          {t('sampled')}
          {items.every((call) => call.requests_per_second === null) && ` ${t('unmeasured')}`}
        </Typography>
      )}
      <Drawing calls={items} range={range} />
      <CallTable calls={items} />
    </Box>
  );
}

/** How much of the calls may fail before a line warns, and before it alarms. */
export const bounds = { warn: 0.01, bad: 0.05 };

const troubleOf = ({ error_ratio: ratio }: Call): string => {
  if (ratio === null || ratio < bounds.warn) return '';
  return ratio < bounds.bad ? 'warn' : 'bad';
};

const styles = (theme: Theme): SystemStyleObject<Theme> => {
  const { palette } = theme.vars;
  return {
    display: 'block',
    fontFamily: theme.typography.fontFamily,
    fontSize: 12,
    '& .edge': { fill: 'none', stroke: palette.text.disabled },
    '& .edge.warn': { stroke: palette.state.warn.main },
    '& .edge.bad': { stroke: palette.state.bad.main },
    '& .said': {
      fill: palette.text.secondary,
      fontSize: 11,
      fontVariantNumeric: 'tabular-nums',
      stroke: palette.background.paper,
      strokeWidth: 4,
      paintOrder: 'stroke',
    },
    '& .said.warn': { fill: palette.state.warn.main },
    '& .said.bad': { fill: palette.state.bad.main },
    '& .node': { cursor: 'pointer', outline: 'none' },
    '& .node rect': { fill: palette.surface.raised, stroke: palette.surface.outline },
    '& .node:hover rect': { stroke: palette.text.primary },
    '& .node:focus-visible rect': { stroke: palette.primary.main, strokeWidth: 2 },
    '& .node text': { fill: palette.text.primary, fontWeight: 600 },
    '& .head': { fill: palette.text.disabled },
    ...Object.fromEntries(
      tones.map((tone) => [`& .mark.${tone}`, { fill: palette.series[tone] }]),
    ),
  };
};

function Drawing({ calls, range }: { calls: readonly Call[]; range: Range }) {
  const [measure, width] = useWidth();
  const inner = width - 24;
  const hasRoom = width > 0 && inner >= narrowest(calls);
  const graph = hasRoom ? graphOf(calls, inner) : null;
  return (
    <Paper
      ref={measure}
      sx={{ p: graph === null ? 0 : 1.5, border: graph === null ? 0 : undefined }}
    >
      {graph !== null && (
        <Box
          component="svg"
          role="group"
          aria-label={t('graph')}
          width={graph.width}
          height={graph.height}
          sx={styles}
        >
          <defs>
            <marker
              id="call-head"
              viewBox="0 0 8 8"
              refX="1.5"
              refY="4"
              markerWidth="8"
              markerHeight="8"
              markerUnits="userSpaceOnUse"
              orient="auto"
            >
              <path className="head" d="M0 0.5 7.5 4 0 7.5z" />
            </marker>
          </defs>
          {graph.edges.map((edge) => (
            <Edge key={`${edge.call.from} ${edge.call.to}`} edge={edge} />
          ))}
          {graph.nodes.map((node) => (
            <Node key={node.name} node={node} range={range} />
          ))}
        </Box>
      )}
    </Paper>
  );
}

function Edge({ edge: { call, path, x, y } }: { edge: GraphEdge }) {
  const trouble = troubleOf(call);
  const rate = call.requests_per_second;
  return (
    <g aria-hidden>
      <path
        className={`edge ${trouble}`}
        d={path}
        strokeWidth={Math.min(4, 1.2 + Math.log10(1 + (rate ?? 0)))}
        markerEnd="url(#call-head)"
      />
      <text className="said" x={x} y={y - 5} textAnchor="middle">
        {[
          ...(rate === null ? [] : [perSecond(rate)]),
          ...(call.p95_ms === null ? [] : [milliseconds(call.p95_ms)]),
        ].join(' · ')}
      </text>
      {trouble !== '' && (
        <text className={`said ${trouble}`} x={x} y={y + 10} textAnchor="middle">
          {t('failing', { share: percent(call.error_ratio ?? 0) })}
        </text>
      )}
    </g>
  );
}

function Node({ node, range }: { node: GraphNode; range: Range }) {
  const navigate = useNavigate();
  const { metrics } = useWays(node.name, range);
  const open = (): void => {
    void navigate(metrics);
  };
  return (
    <g
      className="node"
      role="link"
      tabIndex={0}
      aria-label={node.name}
      transform={`translate(${String(node.x)} ${String(node.y)})`}
      onClick={open}
      onKeyDown={(event) => {
        if (event.key === 'Enter') open();
      }}
    >
      <rect width={box.width} height={box.height} rx={9} />
      <rect
        className={`mark ${toneOf(node.name)}`}
        x={10}
        y={14}
        width={12}
        height={12}
        rx={3.5}
      />
      <text x={30} y={24.5}>
        {node.name.length > 13 ? `${node.name.slice(0, 12)}…` : node.name}
      </text>
    </g>
  );
}
