// What the platform file says of a service.
import { expect, it } from 'vitest';
import { limitFacts, resourceFacts, routesOf } from '@/features/services/facts';
import type { ServiceDetail } from '@/lib/catalog';
import { service } from '../../../made';

const detail = (more: Partial<ServiceDetail>): ServiceDetail => ({
  ...service('backend'),
  resources: {},
  routes: [],
  limits: null,
  image: null,
  called_by: [],
  ...more,
});

it('tells limits in words, known and unknown', () => {
  const limits = { requests: 600, per: 60, body: 1_048_576, uploadsAtOnce: 4 };
  expect(limitFacts(detail({ limits }))).toEqual([
    ['Requests', '600 in 1m per caller'],
    ['Body', '1 MiB at most'],
    ['Uploads at once', '4'],
  ]);
  expect(limitFacts(detail({}))).toEqual([]);
});

it('tells resources in the units of Kubernetes', () => {
  const resources = { requests: { cpu: 0.25, memory: 268_435_456 } };
  expect(resourceFacts(detail({ resources }))).toEqual([['Requests', '250m cpu, 256 MiB memory']]);
});

it('skips what is no route', () => {
  const routes = [{ path: '/api/v1' }, {}] as ServiceDetail['routes'];
  expect(routesOf(detail({ routes })).map((route) => route.path)).toEqual(['/api/v1']);
});
