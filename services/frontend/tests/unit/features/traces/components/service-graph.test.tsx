// The graph of services: what it is counted from, and what is missing of that, stand beside it.
import { screen } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import { ServiceGraph } from '@/features/traces/components/service-graph';
import { show } from '../../../../render';

const call = { from: 'backend', to: 'database', error_ratio: 0, p95_ms: 2 };
const gap = { signal: 'traces', from: '2026-01-01T00:00:00Z', to: null, reason: 'jaeger down' };

const answer = (graph: unknown, gaps: unknown[] = []): void => {
  vi.stubGlobal('fetch', (asked: Request) =>
    Promise.resolve(
      Response.json(
        asked.url.includes('/telemetry/state')
          ? { signals: [], kept: [], drops: [], gaps, silent: [] }
          : graph,
      ),
    ),
  );
};

it('tells a gap in the traces that it is counted from', async () => {
  answer({ items: [], sampled: true }, [{ ...gap, lost: 0 }]);
  show(<ServiceGraph range={{ length: '15m' }} />);
  expect(await screen.findByText(/some may be missing \(jaeger down\)/)).toBeTruthy();
});

it('is silent about other signals', async () => {
  answer({ items: [], sampled: true }, [{ ...gap, signal: 'logs', lost: 0 }]);
  show(<ServiceGraph range={{ length: '15m' }} />);
  expect(await screen.findByText('No calls in this time')).toBeTruthy();
  expect(screen.queryByText(/may be missing/)).toBeNull();
});

it.each([
  [null, true],
  [2, false],
])('says where a rate of %s comes from', async (rate, isUnmeasured) => {
  answer({ items: [{ ...call, requests_per_second: rate }], sampled: true });
  show(<ServiceGraph range={{ length: '15m' }} />);
  const note = await screen.findByText(/Counted from the traces that were kept/);
  expect(note.textContent.includes('no rates are told')).toBe(isUnmeasured);
});
