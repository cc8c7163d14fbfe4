// The graph of services: callers left of what they call, everything inside the drawing.
import { expect, it } from 'vitest';
import { box, graphOf, narrowest } from '@/features/traces/graph';
import type { Call } from '@/lib/telemetry';

const call = (from: string, to: string): Call => ({
  from,
  to,
  requests_per_second: 1,
  error_ratio: 0,
  p95_ms: 10,
});

const calls = [
  call('gateway', 'backend'),
  call('gateway', 'orders'),
  call('backend', 'database'),
  call('orders', 'database'),
];

it('stands callers left of what they call', () => {
  const graph = graphOf(calls, 900);
  const x = (name: string): number => graph.nodes.find((node) => node.name === name)!.x;
  expect(x('gateway')).toBeLessThan(x('backend'));
  expect(x('backend')).toBe(x('orders'));
  expect(x('orders')).toBeLessThan(x('database'));
});

it('keeps every service inside, and none on another', () => {
  const { nodes, width, height } = graphOf(calls, 900);
  for (const { x, y } of nodes) {
    expect(x).toBeGreaterThanOrEqual(0);
    expect(x + box.width).toBeLessThanOrEqual(width);
    expect(y + box.height).toBeLessThanOrEqual(height);
  }
  expect(new Set(nodes.map(({ x, y }) => `${String(x)} ${String(y)}`)).size).toBe(4);
});

it('draws circles and calls to oneself', () => {
  const round = [call('a', 'b'), call('b', 'a'), call('c', 'c')];
  const { edges, nodes } = graphOf(round, 600);
  expect(edges).toHaveLength(3);
  expect(nodes.map(({ name }) => name).sort()).toEqual(['a', 'b', 'c']);
  expect(edges.every(({ path }) => !path.includes('NaN'))).toBe(true);
});

it('needs more width for more steps', () => {
  expect(narrowest(calls)).toBeGreaterThan(narrowest([call('a', 'b')]));
  expect(graphOf([], 300).nodes).toEqual([]);
});
