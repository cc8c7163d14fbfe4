// Followed lines: the newest on top, none twice, and never more than a page can hold.
import { expect, it } from 'vitest';
import { joined, most } from '@/features/logs/follow';
import type { LogLine } from '@/lib/telemetry';

const line = (id: number): LogLine => ({
  id: String(id),
  time: '2026-01-01T00:00:00Z',
  service: 'backend',
  replica: 'backend-1',
  level: 'info',
  message: '',
  trace_id: '',
  span_id: '',
  attributes: {},
});

const ids = (lines: readonly LogLine[]): string[] => lines.map(({ id }) => id);

it('puts new lines on top and shows none twice', () => {
  expect(ids(joined([line(2), line(1)], [line(2), line(3), line(4)]))).toEqual([
    '4',
    '3',
    '2',
    '1',
  ]);
});

it('forgets the oldest of a long watch', () => {
  const long = Array.from({ length: most }, (_, place) => line(most - place));
  const lines = joined(long, [line(most + 1)]);
  expect([lines.length, lines[0]?.id, lines.at(-1)?.id]).toEqual([most, String(most + 1), '2']);
});
