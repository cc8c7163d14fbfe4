// A chart for everybody: drawn, said in a sentence, and as a table.
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, it, vi } from 'vitest';
import { LineChart, type Line } from '@/components/line-chart';
import { milliseconds } from '@/lib/quantity';
import { show } from '../../render';

const lines: Line[] = [
  {
    name: 'p95',
    tone: 'blue',
    points: [
      [0, 10],
      [60_000, null],
      [120_000, 30],
    ],
  },
];

/** A chart that is 400 pixels wide: the simulated document measures nothing. */
beforeEach(() => {
  vi.stubGlobal(
    'ResizeObserver',
    class {
      constructor(private readonly tell: ResizeObserverCallback) {}
      observe(): void {
        const entry = { contentRect: { width: 400 } } as ResizeObserverEntry;
        this.tell([entry], this as unknown as ResizeObserver);
      }
    },
  );
});

const chart = (shown: readonly Line[] = lines) =>
  show(<LineChart title="Durations" lines={shown} from={0} to={120_000} format={milliseconds} />);

it('says in a sentence what it shows', () => {
  chart();
  expect(screen.getByRole('img').getAttribute('aria-label')).toBe(
    'Durations: p95 30 ms, at most 30 ms',
  );
});

it('has its numbers as a table, the latest first', async () => {
  chart();
  await userEvent.click(screen.getByRole('button', { name: /as a table/ }));
  const cells = screen.getAllByRole('cell').map((cell) => cell.textContent);
  expect(cells).toEqual(['30 ms', '–', '10 ms']);
});

it('reads one moment after the other with the keyboard', async () => {
  chart();
  screen.getByRole('img').focus();
  await userEvent.keyboard('{ArrowLeft}{ArrowLeft}{ArrowLeft}');
  expect(screen.getByRole('figure').textContent).toContain('p9510 ms');
});

it('says so where nothing was measured', () => {
  chart([]);
  expect(screen.getByText('Nothing was measured in this time')).toBeTruthy();
});
