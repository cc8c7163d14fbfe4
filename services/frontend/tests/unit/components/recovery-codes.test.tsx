// Recovery codes can be copied and kept as a file before they are confirmed.
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';
import { RecoveryCodes } from '@/components/recovery-codes';
import { show } from '../../render';

const codes = ['aaaa-bbbb', 'cccc-dddd'];

it('shows every code and copies them as lines', async () => {
  const user = userEvent.setup();
  show(<RecoveryCodes codes={codes} email="ada@groundplan.example" onKept={vi.fn()} />);
  expect(screen.getAllByRole('listitem').map((item) => item.textContent)).toEqual(codes);
  await user.click(screen.getByRole('button', { name: 'Copy' }));
  expect(await navigator.clipboard.readText()).toBe('aaaa-bbbb\ncccc-dddd');
});

it('goes on only when they are kept', async () => {
  const kept = vi.fn();
  show(<RecoveryCodes codes={codes} email="ada@groundplan.example" onKept={kept} />);
  await userEvent.click(screen.getByRole('button', { name: 'I have kept them' }));
  expect(kept).toHaveBeenCalledTimes(1);
});
