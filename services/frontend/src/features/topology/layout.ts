// Where everything of the diagram stands. Pure: services, arrows and a width in, boxes and paths
// out, all in CSS pixels. Tiers are bands from top to bottom; inside a band callers stand left of
// what they call; arrows between bands run down.
import type { Arrow, Service, Tier } from '@/lib/catalog';
import { columns } from './order';

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface NodeBox extends Box {
  service: Service;
}

export interface Band extends Box {
  tier: Tier;
  /** Whether the name stands at the left of the services rather than above them. */
  beside: boolean;
}

export interface Edge {
  from: string;
  to: string;
  path: string;
  /** Where what flows along it is said. */
  x: number;
  y: number;
}

export interface Layout {
  width: number;
  height: number;
  entry: Box;
  bands: Band[];
  nodes: NodeBox[];
  edges: Edge[];
}

/** The name of where requests come from, as the start of an edge. */
export const entryName = '';

const card = { minWidth: 172, maxWidth: 264, height: 118, gap: 28, rowGap: 40 };
const band = { padding: 18, gap: 26 };
const entrySize = { width: 104, height: 32, gap: 28 };
const order: readonly Tier[] = ['edge', 'application', 'data'];

/** Room for a tier's name: at its left where the drawing is wide, else above its services. */
const nameRoom = (width: number): { left: number; top: number } =>
  width >= 700 ? { left: 112, top: band.padding } : { left: 0, top: 36 };

/** Lay the diagram out in `width` pixels. */
export function layout(
  services: readonly Service[],
  arrows: readonly Arrow[],
  width: number,
): Layout {
  const bands: Band[] = [];
  const nodes: NodeBox[] = [];
  let top = entrySize.height + entrySize.gap;
  for (const tier of order) {
    const members = services.filter((service) => service.tier === tier);
    if (members.length === 0) continue;
    const rows = split(columns(members, arrows, nodes), perRow(width));
    const head = nameRoom(width).top;
    const step = card.height + card.rowGap;
    const height = head + rows.length * step - card.rowGap + band.padding;
    bands.push({ tier, x: 0, y: top, width, height, beside: nameRoom(width).left > 0 });
    rows.forEach((row, index) => {
      nodes.push(...placeRow(row, top + head + index * step, width));
    });
    top += height + band.gap;
  }
  const entry = entryBox(nodes, arrows, width);
  const edges = route(nodes, arrows, entry);
  return { width, height: Math.max(top - band.gap, entry.height), entry, bands, nodes, edges };
}

function perRow(width: number): number {
  const inner = width - nameRoom(width).left - 2 * band.padding + card.gap;
  return Math.max(1, Math.floor(inner / (card.minWidth + card.gap)));
}

function split<T>(items: readonly T[], size: number): T[][] {
  const count = Math.ceil(items.length / size);
  const even = Math.ceil(items.length / count);
  return Array.from({ length: count }, (_, row) => items.slice(row * even, (row + 1) * even));
}

function placeRow(row: readonly Service[], y: number, width: number): NodeBox[] {
  const left = band.padding + nameRoom(width).left;
  const inner = width - left - band.padding;
  const free = (inner - card.gap * (row.length - 1)) / row.length;
  const size = Math.floor(Math.min(card.maxWidth, free));
  const slot = inner / row.length;
  return row.map((service, index) => ({
    service,
    x: Math.round(left + slot * (index + 0.5) - size / 2),
    y,
    width: size,
    height: card.height,
  }));
}

function entryBox(nodes: readonly NodeBox[], arrows: readonly Arrow[], width: number): Box {
  const first = nodes.find((node) => isEntry(node, arrows));
  const middle = first === undefined ? width / 2 : first.x + first.width / 2;
  return {
    x: middle - entrySize.width / 2,
    y: 0,
    width: entrySize.width,
    height: entrySize.height,
  };
}

/** The arrows with those of browsers, which lead to what nobody calls at the edge. */
export function withEntries(services: readonly Service[], arrows: readonly Arrow[]): Arrow[] {
  const entered = services.filter(
    ({ name, tier }) => tier === 'edge' && !arrows.some(({ target }) => target === name),
  );
  return [...entered.map(({ name }) => ({ source: entryName, target: name })), ...arrows];
}

const isEntry = (node: NodeBox, arrows: readonly Arrow[]): boolean =>
  node.service.tier === 'edge' && !arrows.some((arrow) => arrow.target === node.service.name);

function route(nodes: readonly NodeBox[], arrows: readonly Arrow[], entry: Box): Edge[] {
  const boxes = new Map(nodes.map((node) => [node.service.name, node]));
  const known = arrows.filter((arrow) => boxes.has(arrow.source) && boxes.has(arrow.target));
  const edges = known.map((arrow) => {
    const from = boxes.get(arrow.source)!;
    const to = boxes.get(arrow.target)!;
    const beside = from.y === to.y;
    const line = beside
      ? across(from, to)
      : down(from, to, port(arrow, known, boxes, 'source'), port(arrow, known, boxes, 'target'));
    return { from: arrow.source, to: arrow.target, ...line };
  });
  const starts = nodes.filter((node) => isEntry(node, arrows));
  const entries = starts.map((node) => ({
    from: entryName,
    to: node.service.name,
    ...down(entry, node, 0.5, 0.5),
  }));
  return [...entries, ...edges];
}

/** Where on the edge of a box this arrow meets it, as a share of its width: arrows fan out. */
function port(
  arrow: Arrow,
  arrows: readonly Arrow[],
  boxes: ReadonlyMap<string, Box>,
  end: 'source' | 'target',
): number {
  const far = end === 'source' ? 'target' : 'source';
  const own = boxes.get(arrow[end])!;
  const fan = arrows
    .filter((other) => other[end] === arrow[end] && boxes.get(other[far])!.y !== own.y)
    .sort((one, other) => boxes.get(one[far])!.x - boxes.get(other[far])!.x);
  const place = fan.findIndex((other) => other[far] === arrow[far]);
  return 0.5 + (place - (fan.length - 1) / 2) * Math.min(0.22, 0.7 / fan.length);
}

type Line = Pick<Edge, 'path' | 'x' | 'y'>;

/** From the bottom of one box to the top of a lower one (or the other way round). */
function down(from: Box, to: Box, start: number, end: number): Line {
  const falls = to.y > from.y;
  const x1 = from.x + from.width * start;
  const y1 = falls ? from.y + from.height : from.y;
  const x2 = to.x + to.width * end;
  const y2 = falls ? to.y - arrowLength : to.y + to.height + arrowLength;
  const bend = Math.max(18, Math.abs(y2 - y1) * 0.5) * (falls ? 1 : -1);
  // Near its head, where the arrows of one caller have parted.
  const [x, y] = [x1 + (x2 - x1) * 0.84, y1 + (y2 - y1) * 0.7];
  return { path: curve(x1, y1, x1, y1 + bend, x2, y2 - bend, x2, y2), x, y };
}

/** From the side of one box to the side of another on the same row. */
function across(from: Box, to: Box): Line {
  const right = to.x > from.x;
  const x1 = right ? from.x + from.width : from.x;
  const x2 = right ? to.x - arrowLength : to.x + to.width + arrowLength;
  const y = from.y + from.height / 2;
  const middle = (x1 + x2) / 2;
  return { path: curve(x1, y, middle, y, middle, y, x2, y), x: middle, y: y - 8 };
}

/** The head of an arrow stands before its box, by this many pixels. */
const arrowLength = 6;

const round = (value: number): string => String(Math.round(value * 10) / 10);

function curve(...points: readonly number[]): string {
  const [x1, y1, ...rest] = points.map(round);
  return `M${x1!} ${y1!}C${rest.join(' ')}`;
}
