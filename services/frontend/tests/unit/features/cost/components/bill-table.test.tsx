// A bill as a table.
import { screen, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { BillTable } from '@/features/cost/components/bill-table';
import { show } from '../../../../render';
import { estimate } from '../made';

it('shows each line with its price, its source and what is assumed', () => {
  show(<BillTable estimate={estimate()} />);
  const row = screen.getByRole('row', { name: /^NAT gateways/ });
  expect(within(row).getByRole('link').getAttribute('href')).toBe(
    'https://aws.amazon.com/vpc/pricing/',
  );
  expect(within(row).getByText('as of 2026-08-10')).toBeTruthy();
  const doubtful = screen.getByRole('row', { name: /^to the internet/ });
  expect(within(doubtful).getByText('not confirmed')).toBeTruthy();
  expect(within(doubtful).getByText(/assumed: 6 kB an answer/)).toBeTruthy();
});
