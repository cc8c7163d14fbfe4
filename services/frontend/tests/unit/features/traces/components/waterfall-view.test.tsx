// The waterfall, by what people do with it and what those are told who do not see it.
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';
import { WaterfallView } from '@/features/traces/components/waterfall-view';
import { waterfallOf } from '@/features/traces/waterfall';
import { show } from '../../../../render';
import { span, traceOf } from '../made';

const waterfall = waterfallOf(
  traceOf(
    span('root', '', 0, 10),
    span('query', 'root', 2, 5, { service: 'database', status: 'error' }),
  ),
);

it('says when each step begins and how long it takes, and which failed', () => {
  show(<WaterfallView waterfall={waterfall} chosen={null} onChoose={vi.fn()} />);
  const steps = screen.getAllByRole('listitem').map((row) => row.textContent);
  expect(steps[1]).toContain('database query');
  expect(steps[1]).toContain('failed');
  expect(screen.getByLabelText('begins after 2 ms, takes 5 ms')).toBeTruthy();
});

it('folds and unfolds what a step caused', async () => {
  show(<WaterfallView waterfall={waterfall} chosen={null} onChoose={vi.fn()} />);
  await userEvent.click(screen.getByRole('button', { name: 'Fold what root caused' }));
  expect(screen.getAllByRole('listitem')).toHaveLength(1);
  await userEvent.click(screen.getByRole('button', { name: 'Unfold what root caused' }));
  expect(screen.getAllByRole('listitem')).toHaveLength(2);
});

it('opens a step', async () => {
  const onChoose = vi.fn();
  show(<WaterfallView waterfall={waterfall} chosen="query" onChoose={onChoose} />);
  await userEvent.click(screen.getByRole('button', { pressed: true }));
  expect(onChoose).toHaveBeenCalledWith('query');
});
