// One service in the diagram: what it is, how it is, and its replicas by zone. A button.
import { memo } from 'react';
import { strokeOf } from '@/components/icon';
import { kindLabel, type Service } from '@/lib/catalog';
import type { ComponentHealth } from '@/lib/health';
import type { NodeBox } from '../layout';
import { wrap } from '../wrap';
import { zoneLetter, zonesOf, type Zone } from '../zones';
import { t } from '../words';

interface ServiceCardProps {
  box: NodeBox;
  live: ComponentHealth;
  /** What flows to it, in words. */
  received: string;
  zones: readonly string[];
  chosen: boolean;
  faint: boolean;
  onChoose: (name: string) => void;
  onPoint: (name: string | null) => void;
}

/** Width of a character of the small text, in pixels: SVG has no ellipsis of its own. */
const character = 6.3;

export const ServiceCard = memo(function ServiceCard(props: ServiceCardProps) {
  const { box, live, received, zones, chosen, faint, onChoose, onPoint } = props;
  const { service, x, y, width, height } = box;
  const word = live.replicas.length > 0 ? live.label : '';
  const choose = (): void => {
    onChoose(service.name);
  };
  return (
    <g
      className={`card ${live.health} ${chosen ? 'chosen' : ''} ${faint ? 'faint' : ''}`}
      transform={`translate(${String(x)} ${String(y)})`}
      role="button"
      tabIndex={0}
      aria-pressed={chosen}
      aria-label={describe(service, live) + received}
      onClick={choose}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' && event.key !== ' ') return;
        event.preventDefault();
        choose();
      }}
      onPointerEnter={() => {
        onPoint(service.name);
      }}
      onPointerLeave={() => {
        onPoint(null);
      }}
    >
      <rect className="ring" x={-4} y={-4} width={width + 8} height={height + 8} rx={13} />
      <rect className="face" width={width} height={height} rx={10} />
      <path
        className="glyph"
        transform="translate(14 14)"
        strokeLinecap="round"
        strokeLinejoin="round"
        d={strokeOf(service.kind)}
      />
      <text className="name" x={38} y={27}>
        {wrap(service.name, (width - 60 - word.length * character) / 7.6, 1)[0]}
      </text>
      <text className={`word ${live.health}`} x={width - 14} y={27}>
        {word}
      </text>
      <text className="about" y={50}>
        {wrap(service.description || kindLabel(service.kind), (width - 28) / character).map(
          (line, index) => (
            <tspan key={line} x={14} dy={index * 16}>
              {line}
            </tspan>
          ),
        )}
      </text>
      <line className="rule" x1={14} x2={width - 14} y1={80} y2={80} />
      {zonesOf(service, live, zones).map((zone, index, all) => (
        <ZonePips
          key={zone.name}
          zone={zone}
          x={14 + ((width - 28) / all.length) * index}
          width={(width - 28) / all.length}
        />
      ))}
    </g>
  );
});

function ZonePips({ zone, x, width }: { zone: Zone; x: number; width: number }) {
  const perRow = Math.max(1, Math.floor((width - 20) / 11));
  return (
    <g transform={`translate(${String(x)} 88)`}>
      <text className="zone" x={0} y={14}>
        {zoneLetter(zone.name)}
      </text>
      {zone.pips.map((pip, index) => (
        <rect
          key={pip.replica}
          className={`pip ${pip.health ?? 'unknown'}`}
          x={14 + (index % perRow) * 11}
          y={(zone.pips.length > perRow ? 1 : 6) + Math.floor(index / perRow) * 11}
          width={8}
          height={8}
          rx={2.5}
        >
          <title>{t('pip', { zone: zone.name, replica: pip.label })}</title>
        </rect>
      ))}
    </g>
  );
}

function describe(service: Service, live: ComponentHealth): string {
  const card = t('card', {
    name: service.name,
    kind: kindLabel(service.kind),
    state: live.label,
    ready: live.ready,
    total: live.replicas.length,
  });
  return service.calls.length > 0
    ? t('cardCalls', { card, names: service.calls.join(', ') })
    : card;
}
