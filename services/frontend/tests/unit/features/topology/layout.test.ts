// Where everything of the diagram stands.
import { describe, expect, it } from 'vitest';
import { entryName, layout, withEntries, type Box } from '@/features/topology/layout';
import type { Arrow, Service } from '@/lib/catalog';
import { service } from '../../../made';

const reference: Service[] = [
  service('frontend', { tier: 'edge', calls: ['gateway'] }),
  service('gateway', { tier: 'edge', calls: ['authz', 'backend'] }),
  service('authz', { calls: ['cache'] }),
  service('backend', { calls: ['database', 'cache'] }),
  service('database', { tier: 'data' }),
  service('cache', { tier: 'data' }),
];
const arrowsOf = (services: readonly Service[]): Arrow[] =>
  services.flatMap(({ name, calls }) => calls.map((target) => ({ source: name, target })));
const many = (count: number): Service[] =>
  Array.from({ length: count }, (_, index) => service(`s${String(index)}`));

const overlap = (one: Box, other: Box): boolean =>
  one.x < other.x + other.width &&
  other.x < one.x + one.width &&
  one.y < other.y + other.height &&
  other.y < one.y + one.height;

describe.each([520, 640, 760, 1100, 1400])('at %d pixels', (width) => {
  const services = [...reference, ...many(7)];
  const drawing = layout(services, arrowsOf(services), width);

  it('no two services overlap, and all are inside', () => {
    drawing.nodes.forEach((one, index) => {
      expect(one.x).toBeGreaterThanOrEqual(0);
      expect(one.x + one.width).toBeLessThanOrEqual(width);
      expect(one.y + one.height).toBeLessThanOrEqual(drawing.height);
      for (const other of drawing.nodes.slice(index + 1)) expect(overlap(one, other)).toBe(false);
    });
  });

  it('each service stands in the band of its tier', () => {
    for (const node of drawing.nodes) {
      const band = drawing.bands.find((each) => each.tier === node.service.tier);
      expect(node.y).toBeGreaterThan(band!.y);
      expect(node.y + node.height).toBeLessThan(band!.y + band!.height);
    }
  });
});

it('draws every call once, and the way in', () => {
  const { edges } = layout(reference, arrowsOf(reference), 760);
  expect(edges.map((edge) => `${edge.from}>${edge.to}`)).toEqual([
    `${entryName}>frontend`,
    'frontend>gateway',
    'gateway>authz',
    'gateway>backend',
    'authz>cache',
    'backend>database',
    'backend>cache',
  ]);
  for (const edge of edges) expect(edge.path).toMatch(/^M[\d. ]+C[\d. ]+$/);
});

it('leaves out calls to what is not there', () => {
  const { edges } = layout(reference, [{ source: 'backend', target: 'gone' }], 760);
  expect(edges.filter((edge) => edge.to === 'gone')).toEqual([]);
});

it('is the same for the same input', () => {
  expect(layout(reference, arrowsOf(reference), 800)).toEqual(
    layout(reference, arrowsOf(reference), 800),
  );
});

it('draws nothing where there is nothing', () => {
  expect(layout([], [], 700)).toMatchObject({ bands: [], nodes: [], edges: [] });
});

it('lets browsers in where nobody calls a service at the edge', () => {
  const arrows = arrowsOf(reference);
  expect(withEntries(reference, arrows)).toEqual([
    { source: entryName, target: 'frontend' },
    ...arrows,
  ]);
});
