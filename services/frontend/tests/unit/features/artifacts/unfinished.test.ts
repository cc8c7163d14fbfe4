// Uploads that a reload would forget.
import { expect, it } from 'vitest';
import { forget, isSame, remember, unfinished } from '@/features/artifacts/unfinished';

function shelf(start: string | null = null) {
  let kept = start;
  return {
    getItem: () => kept,
    setItem: (_key: string, value: string) => {
      kept = value;
    },
  };
}

const entry = { id: 'u1', name: 'plan.txt', size: 3, modified: 5 };

it('remembers once and forgets', () => {
  const store = shelf();
  remember(store, entry);
  remember(store, entry);
  expect(unfinished(store)).toEqual([entry]);
  forget(store, 'u1');
  expect(unfinished(store)).toEqual([]);
});

it('makes nothing of what it did not write', () => {
  for (const text of ['{', '7', '[null, {"id": 1}, "x"]']) {
    expect(unfinished(shelf(text))).toEqual([]);
  }
});

it('tells the file that was begun from another of its name', () => {
  const file = (lastModified: number) => new File(['abc'], 'plan.txt', { lastModified });
  expect(isSame(entry, file(5))).toBe(true);
  expect(isSame(entry, file(6))).toBe(false);
});
