// Alerts for tests, with only what a test says of them.
import type { Alert } from '@/lib/telemetry';

export const alert = (name: string, more: Partial<Alert> = {}): Alert => ({
  name,
  state: 'inactive',
  severity: 'page',
  service: '',
  runbook: name,
  dashboard: null,
  query: 'up == 0',
  holds_seconds: 60,
  checked_at: null,
  problem: null,
  found: [],
  ...more,
});

export const found = (
  state: 'pending' | 'firing',
  labels: Record<string, string> = {},
): Alert['found'][number] => ({
  state,
  labels,
  summary: 'Redis does not answer',
  description: '',
  since: '2026-01-01T00:00:00Z',
  value: '1',
});
