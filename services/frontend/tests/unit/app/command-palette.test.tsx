// The palette is worked by keys alone.
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useLocation } from 'react-router';
import { beforeEach, expect, it, vi } from 'vitest';
import CommandPalette from '@/app/command-palette';
import { show } from '../../render';

beforeEach(() => {
  vi.stubGlobal('fetch', () => new Promise(() => undefined));
});

function Where() {
  return <output>{useLocation().pathname}</output>;
}

it('goes where Enter points', async () => {
  const onClose = vi.fn();
  show(
    <>
      <CommandPalette onClose={onClose} />
      <Where />
    </>,
  );
  await userEvent.type(screen.getByRole('combobox'), 'environments{Enter}');
  expect([screen.getByText('/environments').tagName, onClose.mock.calls.length]).toEqual([
    'OUTPUT',
    1,
  ]);
});

it('chooses by arrow keys, round and round', async () => {
  show(<CommandPalette onClose={vi.fn()} />);
  const field = screen.getByRole('combobox');
  await userEvent.type(field, '{ArrowDown}');
  expect(screen.getAllByRole('option')[1]?.getAttribute('aria-selected')).toBe('true');
  await userEvent.type(field, '{ArrowUp}{ArrowUp}');
  expect(screen.getAllByRole('option').at(-1)?.getAttribute('aria-selected')).toBe('true');
});

it('says when nothing is found', async () => {
  show(<CommandPalette onClose={vi.fn()} />);
  await userEvent.type(screen.getByRole('combobox'), 'xyzzy');
  expect(screen.getByText('Nothing is called that.')).toBeTruthy();
});
