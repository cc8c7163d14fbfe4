// What an event changes of what is shown.
import { QueryClient } from '@tanstack/react-query';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { applyEvent, changeDeployment, deliveryKeys } from '@/lib/delivery-cache';
import { deliveryEvent, deployment } from '../../made';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

function filled() {
  const queries = new QueryClient();
  queries.setQueryData(deliveryKeys.deployment('d1'), deployment());
  queries.setQueryData(deliveryKeys.events('d1'), [deliveryEvent(1, 'deployment.created')]);
  queries.setQueryData([...deliveryKeys.lists, 'f'], {
    pages: [{ items: [deployment(), deployment({ id: 'd2' })], next: null }],
    pageParams: [null],
  });
  const read = vi.spyOn(queries, 'invalidateQueries');
  return { queries, read };
}

it('shows a new state everywhere at once', () => {
  const { queries } = filled();
  applyEvent(queries, deliveryEvent(2, 'deployment.state', { state: 'applying' }));
  expect(queries.getQueryData(deliveryKeys.deployment('d1'))).toMatchObject({ state: 'applying' });
  expect(queries.getQueryData([...deliveryKeys.lists, 'f'])).toMatchObject({
    pages: [{ items: [{ state: 'applying' }, { state: 'awaiting_approval' }] }],
  });
});

it('adds an event once, in order', () => {
  const { queries } = filled();
  for (const id of [3, 2, 3]) applyEvent(queries, deliveryEvent(id, 'deployment.progress'));
  const events = queries.getQueryData<{ id: number }[]>(deliveryKeys.events('d1'));
  expect(events?.map(({ id }) => id)).toEqual([1, 2, 3]);
});

it('reads anew once for events that come together, and not for progress', () => {
  const { queries, read } = filled();
  applyEvent(queries, deliveryEvent(2, 'deployment.progress'));
  vi.advanceTimersByTime(1000);
  expect(read).not.toHaveBeenCalled();
  applyEvent(queries, deliveryEvent(3, 'deployment.taken'));
  applyEvent(queries, deliveryEvent(4, 'deployment.state', { state: 'applying' }));
  vi.advanceTimersByTime(1000);
  expect(read).toHaveBeenCalledTimes(3);
});

it('reads all anew when events may have been missed', () => {
  const { queries, read } = filled();
  applyEvent(queries, null);
  expect(read).toHaveBeenCalledWith({ queryKey: deliveryKeys.all });
});

it('changes nothing that is not shown', () => {
  const queries = new QueryClient();
  changeDeployment(queries, 'd1', { state: 'live' });
  expect(queries.getQueryData(deliveryKeys.deployment('d1'))).toBeUndefined();
});
