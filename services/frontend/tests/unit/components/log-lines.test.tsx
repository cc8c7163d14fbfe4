// A line of a log opens, and leads to its trace.
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import { LogLines } from '@/components/log-lines';
import type { LogLine } from '@/lib/telemetry';
import { show } from '../../render';

const line: LogLine = {
  id: '7',
  time: '2026-01-01T00:00:00Z',
  service: 'backend',
  replica: 'backend-1',
  level: 'error',
  message: 'the statement took too long',
  trace_id: 'ab'.repeat(16),
  span_id: 'cd'.repeat(8),
  attributes: { 'http.route': '/api/v1/catalog' },
};

it('leads to the step of the trace that wrote it', () => {
  show(<LogLines lines={[line]} />);
  expect(screen.getByRole('link').getAttribute('href')).toBe(
    `/traces/${'ab'.repeat(16)}?span=${'cd'.repeat(8)}`,
  );
});

it('opens to show all that came with it', async () => {
  show(<LogLines lines={[line]} withoutTrace />);
  expect(screen.queryByText('/api/v1/catalog')).toBeNull();
  await userEvent.click(screen.getByRole('button', { expanded: false }));
  expect(screen.getByText('/api/v1/catalog')).toBeTruthy();
  expect(screen.getByRole('link', { name: 'Lines around it' })).toBeTruthy();
});
