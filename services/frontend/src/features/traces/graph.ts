// The graph of services: who stands where. Callers are left of what they call; a circle ends at
// its first repetition. Pure: calls and a width in, boxes and lines out, in CSS pixels.
import { groupBy } from '@/lib/grouping';
import type { Call } from '@/lib/telemetry';

export interface GraphNode {
  name: string;
  x: number;
  y: number;
}

export interface GraphEdge {
  call: Call;
  path: string;
  /** Where what is said of the call stands. */
  x: number;
  y: number;
}

export interface Graph {
  width: number;
  height: number;
  nodes: GraphNode[];
  edges: GraphEdge[];
}

export const box = { width: 124, height: 40, gap: 60 };
const margin = 12;
const labelRoom = 112;

/** Half the width of what is said of a call: it must not stand on a box. */
const halfWords = 44;

/** The narrowest drawing that `calls` can be read in; below it stands the table alone. */
export function narrowest(calls: readonly Call[]): number {
  const columns = Math.max(0, ...depths(calls).values()) + 1;
  return columns * box.width + (columns - 1) * labelRoom + 2 * margin;
}

export function graphOf(calls: readonly Call[], width: number): Graph {
  const depth = depths(calls);
  const columns = Math.max(0, ...depth.values()) + 1;
  const members = groupBy(depth.keys(), (name) => depth.get(name)!);
  const tallest = Math.max(1, ...[...members.values()].map((names) => names.length));
  const height = tallest * (box.height + box.gap) - box.gap + 2 * margin + 16;
  const step = columns > 1 ? (width - 2 * margin - box.width) / (columns - 1) : 0;
  const nodes = new Map<string, GraphNode>();
  for (const [column, names] of [...members].sort(([one], [other]) => one - other)) {
    const pull = (name: string): number => middle(name, calls, nodes);
    const sorted = names.sort((one, other) => pull(one) - pull(other) || (one < other ? -1 : 1));
    const free = (height - sorted.length * box.height) / (sorted.length + 1);
    sorted.forEach((name, place) => {
      const y = free * (place + 1) + box.height * place;
      nodes.set(name, { name, x: margin + column * step, y });
    });
  }
  const edges = calls.map((call) => {
    const [from, to] = [nodes.get(call.from)!, nodes.get(call.to)!];
    return to.x > from.x ? ahead(call, from, to, placeOf(call, calls)) : around(call, from, to);
  });
  return { width, height, nodes: [...nodes.values()], edges };
}

function depths(calls: readonly Call[]): Map<string, number> {
  const names = new Set(calls.flatMap(({ from, to }) => [from, to]));
  const depthOf = (name: string, path: readonly string[]): number => {
    const callers = calls.filter(({ from, to }) => to === name && !path.includes(from));
    return Math.max(0, ...callers.map(({ from }) => 1 + depthOf(from, [...path, name])));
  };
  return new Map([...names].map((name) => [name, depthOf(name, [name])]));
}

/** The middle of a service's callers, so that lines cross little. */
function middle(
  name: string,
  calls: readonly Call[],
  nodes: ReadonlyMap<string, GraphNode>,
): number {
  const callers = calls
    .filter(({ to }) => to === name)
    .map(({ from }) => nodes.get(from)?.y)
    .filter((y) => y !== undefined);
  return callers.length === 0 ? 0 : callers.reduce((sum, y) => sum + y, 0) / callers.length;
}

const round = (value: number): string => String(Math.round(value * 10) / 10);

/** Where on a line its words stand: towards the end where fewer lines meet. */
function placeOf({ from, to }: Call, calls: readonly Call[]): number {
  const leaving = calls.filter((call) => call.from === from).length;
  const coming = calls.filter((call) => call.to === to).length;
  if (leaving === coming) return 0.5;
  return leaving > coming ? 0.66 : 0.34;
}

function ahead(call: Call, from: GraphNode, to: GraphNode, place: number): GraphEdge {
  const [x1, y1] = [from.x + box.width, from.y + box.height / 2];
  const [x2, y2] = [to.x - 6, to.y + box.height / 2];
  const middle = (x1 + x2) / 2;
  const points = [middle, y1, middle, y2, x2, y2].map(round).join(' ');
  const x = x1 + (x2 - x1) * (1.5 * place * (1 - place) + place ** 3);
  return {
    call,
    path: `M${round(x1)} ${round(y1)}C${points}`,
    x: Math.min(Math.max(x, x1 + halfWords), x2 - halfWords),
    y: y1 + (y2 - y1) * place ** 2 * (3 - 2 * place),
  };
}

/** A call back to the left, or to itself: below both boxes. */
function around(call: Call, from: GraphNode, to: GraphNode): GraphEdge {
  const [x1, x2] = [from.x + box.width / 2, to.x + box.width / 2 + (from === to ? 28 : 0)];
  const [y1, y2] = [from.y + box.height, to.y + box.height + 6];
  const low = Math.max(y1, y2) + 26;
  const points = [x1, low, x2, low, x2, y2].map(round).join(' ');
  return { call, path: `M${round(x1)} ${round(y1)}C${points}`, x: (x1 + x2) / 2, y: low - 4 };
}
