// One environment of several is chosen.
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';
import { BillChoice } from '@/features/cost/components/bill-choice';
import { show } from '../../../../render';
import { estimate } from '../made';

it('shows each sum, marks the chosen one and tells of another', async () => {
  const choose = vi.fn();
  const bills = [
    { environment: 'dev', estimate: estimate(), problem: null },
    { environment: 'far', estimate: null, problem: 'region: mars-1 is not in the table' },
  ];
  show(<BillChoice bills={bills} chosen="dev" onChoose={choose} />);
  const dev = screen.getByRole('button', { name: /dev.*\$359 a month.*\$59 over/ });
  expect(dev.getAttribute('aria-pressed')).toBe('true');
  await userEvent.click(screen.getByRole('button', { name: /far.*No estimate/ }));
  expect(choose).toHaveBeenCalledWith('far');
});
