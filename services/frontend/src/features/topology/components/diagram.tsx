// The architecture as a drawing: tiers as bands, services as cards, calls as arrows.
import Box from '@mui/material/Box';
import { useMemo, useState } from 'react';
import { tiers, type Platform, type PlatformState, type Service } from '@/lib/catalog';
import { componentHealth, type ComponentHealth } from '@/lib/health';
import { entryName, layout, type Band, type Edge } from '../layout';
import { arrowKey, flowWords, receivedWords, type Flow, type Traffic } from '../traffic';
import { wrap } from '../wrap';
import { diagramStyles } from './diagram-styles';
import { ServiceCard } from './service-card';
import { t } from '../words';

interface DiagramProps {
  platform: Platform;
  services: readonly Service[];
  state: PlatformState | undefined;
  traffic: Traffic;
  width: number;
  chosen: string | null;
  onChoose: (name: string) => void;
}

export function Diagram(props: DiagramProps) {
  const { platform, services, state, traffic, width, chosen, onChoose } = props;
  const [pointed, setPointed] = useState<string | null>(null);
  const drawing = useMemo(
    () => layout(services, platform.arrows, width),
    [services, platform.arrows, width],
  );
  const health = useMemo(
    () => new Map(services.map(({ name }) => [name, componentHealth(name, state)])),
    [services, state],
  );
  const focus = pointed ?? chosen;
  const near = neighbours(focus, drawing.edges);
  return (
    <Box
      component="svg"
      role="group"
      aria-label={t('drawing', { name: platform.name, number: services.length })}
      width={drawing.width}
      height={drawing.height}
      viewBox={`0 0 ${String(drawing.width)} ${String(drawing.height)}`}
      sx={diagramStyles}
    >
      <Definitions />
      {drawing.bands.map((band) => (
        <BandFace key={band.tier} {...band} />
      ))}
      <g aria-hidden>
        <rect className="entry" {...drawing.entry} rx={16} />
        <text
          className="entry-label"
          textAnchor="middle"
          x={drawing.entry.x + drawing.entry.width / 2}
          y={drawing.entry.y + 20.5}
        >
          {t('browsers')}
        </text>
        {drawing.edges.map((edge) => (
          <EdgeLine
            key={arrowKey(edge.from, edge.to)}
            edge={edge}
            look={lookOf(edge, focus, health)}
          />
        ))}
      </g>
      {drawing.nodes.map((box) => (
        <ServiceCard
          key={box.service.name}
          box={box}
          live={health.get(box.service.name)!}
          received={receivedWords(box.service.name, traffic)}
          zones={platform.zones}
          chosen={chosen === box.service.name}
          faint={pointed !== null && !near.has(box.service.name)}
          onChoose={onChoose}
          onPoint={setPointed}
        />
      ))}
      <g aria-hidden>
        {drawing.edges.map((edge) => {
          const key = arrowKey(edge.from, edge.to);
          const flow = traffic.get(key);
          const look = lookOf(edge, focus, health);
          return flow === undefined ? null : (
            <FlowLabel key={key} edge={edge} flow={flow} look={look} />
          );
        })}
      </g>
    </Box>
  );
}

type Look = 'plain' | 'lit' | 'broken' | 'faint';

function lookOf(edge: Edge, focus: string | null, health: Map<string, ComponentHealth>): Look {
  if (focus !== null && (edge.from === focus || edge.to === focus)) return 'lit';
  if (health.get(edge.to)?.health === 'bad') return 'broken';
  return focus === null ? 'plain' : 'faint';
}

function neighbours(focus: string | null, edges: readonly Edge[]): Set<string> {
  const near = edges.flatMap((edge) =>
    edge.from === focus || edge.to === focus ? [edge.from, edge.to] : [],
  );
  return new Set([...near, focus ?? entryName]);
}

function EdgeLine({ edge, look }: { edge: Edge; look: Look }) {
  const head = look === 'lit' || look === 'broken' ? look : 'plain';
  return <path className={`edge ${look}`} d={edge.path} markerEnd={`url(#head-${head})`} />;
}

function FlowLabel({ edge, flow, look }: { edge: Edge; flow: Flow; look: Look }) {
  return (
    <text
      className={`flow ${flow.health} ${look === 'faint' ? 'faint' : ''}`}
      x={edge.x}
      y={edge.y + 4}
      textAnchor="middle"
    >
      {flowWords(flow)}
    </text>
  );
}

function BandFace({ tier, beside, x, y, width, height }: Band) {
  const words = tiers.find((entry) => entry.id === tier);
  return (
    <g>
      <rect
        className="band"
        x={x + 0.5}
        y={y + 0.5}
        width={width - 1}
        height={height - 1}
        rx={14}
      />
      <rect x={x} y={y} width={width} height={height} rx={14} fill="url(#dots)" aria-hidden />
      <text x={x + 18} y={y + (beside ? 32 : 24)}>
        <tspan className="band-label">{words?.label ?? tier}</tspan>
        {wrap(words?.hint ?? '', beside ? 15 : 60).map((line) => (
          <tspan
            key={line}
            className="band-hint"
            {...(beside ? { x: x + 18, dy: 18 } : { dx: 8 })}
          >
            {line}
          </tspan>
        ))}
      </text>
    </g>
  );
}

function Definitions() {
  return (
    <defs>
      <pattern id="dots" width="16" height="16" patternUnits="userSpaceOnUse">
        <circle className="grid" cx="8" cy="8" r="0.9" />
      </pattern>
      {['plain', 'lit', 'broken'].map((look) => (
        <marker
          key={look}
          id={`head-${look}`}
          viewBox="0 0 8 8"
          refX="1.5"
          refY="4"
          markerWidth="8"
          markerHeight="8"
          markerUnits="userSpaceOnUse"
          orient="auto"
        >
          <path className={`head ${look}`} d="M0 0.5 7.5 4 0 7.5z" />
        </marker>
      ))}
    </defs>
  );
}
