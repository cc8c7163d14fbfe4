// Bills for tests, with only what a test says of them.
import type { BillLine, Estimate } from '@/features/cost/api/use-bills';

export const line = (component: string, name: string, more: Partial<BillLine> = {}): BillLine => ({
  component,
  name,
  what: 'one of it',
  quantity: { low: 730, expected: 730, high: 730 },
  unit: 'hour',
  price: 0.045,
  cost: { low: 32.85, expected: 32.85, high: 32.85 },
  assumption: '',
  tagged: true,
  source: 'https://aws.amazon.com/vpc/pricing/',
  as_of: '2026-08-10',
  evidence: 'a bill',
  confirmed: true,
  ...more,
});

export const estimate = (more: Partial<Estimate> = {}): Estimate => ({
  environment: 'dev',
  region: 'us-east-1',
  budget: 300,
  over_budget: 59,
  total: { low: 200, expected: 359, high: 3000 },
  components: {
    traffic: { low: 0, expected: 3, high: 200 },
    network: { low: 32.85, expected: 32.85, high: 32.85 },
  },
  tags: {},
  lines: [
    line('network', 'NAT gateways'),
    line('traffic', 'to the internet', { assumption: '6 kB an answer', confirmed: false }),
  ],
  savings: [],
  left_out: ['taxes'],
  ...more,
});
