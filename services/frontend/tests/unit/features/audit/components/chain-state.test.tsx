// The state of the record is said in words, and a broken one cannot be overlooked.
import { screen } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import { ChainState } from '@/features/audit/components/chain-state';
import { show } from '../../../../render';

const sound = {
  state: 'sound',
  checked_at: new Date().toISOString(),
  checked: 12,
  took_seconds: 0.1,
  faults: [],
  faults_total: 0,
  unsigned: 0,
  head: null,
  waiting: 0,
  anchor: { position: 12, seal: 'ab', at: new Date().toISOString() },
  anchored: true,
  protected: true,
};

function answer(verification: object): void {
  vi.stubGlobal('fetch', () => Promise.resolve(Response.json(verification)));
}

it('says that the record is sound, and of how many events', async () => {
  answer(sound);
  show(<ChainState />);
  expect((await screen.findByRole('status')).textContent).toContain('12 events checked');
});

it('alarms with each fault when it is broken', async () => {
  const fault = { kind: 'deleted', position: 7, event: null, message: 'event 7 is missing' };
  answer({ ...sound, state: 'broken', faults: [fault], faults_total: 1, protected: false });
  show(<ChainState />);
  const alarm = (await screen.findByRole('alert')).textContent;
  expect(alarm).toContain('event 7 is missing');
  expect(alarm).toContain('1 fault found');
});
