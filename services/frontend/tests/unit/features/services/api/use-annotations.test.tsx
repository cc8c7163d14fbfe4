// Annotations: changes show at once and are taken back when refused.
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { renderHook, waitFor } from '@testing-library/react';
import type { ReactNode } from 'react';
import { expect, it, vi } from 'vitest';
import {
  useAnnotations,
  useDeleteAnnotation,
  useSaveAnnotation,
} from '@/features/services/api/use-annotations';
import { newDraft } from '@/features/services/draft';
import { api } from '@/lib/client';
import { json } from '../../../../made';

const stored = {
  id: 'a1',
  service: 'backend',
  key: 'owner',
  value: 'Platform team',
  url: null,
  created_by: 'ada@groundplan.example',
  created_at: '2026-01-01T00:00:00Z',
  updated_at: '2026-01-01T00:00:00Z',
} as const;

function use() {
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const wrapper = ({ children }: { children: ReactNode }) => (
    <QueryClientProvider client={queries}>{children}</QueryClientProvider>
  );
  const useAll = () => ({
    list: useAnnotations('backend'),
    save: useSaveAnnotation('backend'),
    remove: useDeleteAnnotation('backend'),
  });
  return renderHook(useAll, { wrapper }).result;
}

const page = (items: unknown[]) => ({ data: { items, next: null }, response: json({}) });
const refused = { error: { code: 'conflict', detail: 'Taken.' }, response: json({}, 409) };
const values = (result: ReturnType<typeof use>) =>
  result.current.list.data?.items.map((item) => item.value);

it('shows a new one at once and takes it back when it is refused', async () => {
  vi.spyOn(api, 'GET').mockResolvedValue(page([stored]));
  let refuse: (value: unknown) => void = () => undefined;
  const post = vi.spyOn(api, 'POST').mockReturnValue(
    new Promise((resolve) => {
      refuse = resolve;
    }),
  );
  const result = use();
  await waitFor(() => expect(values(result)).toEqual(['Platform team']));
  const draft = { ...newDraft(), value: 'Somebody' };
  result.current.save.mutate(draft);
  await waitFor(() => expect(values(result)).toEqual(['Platform team', 'Somebody']));
  refuse(refused);
  await waitFor(() => expect(values(result)).toEqual(['Platform team']));
  expect(result.current.save.error?.message).toBe('Taken.');
  expect(post.mock.calls[0]?.[1]).toMatchObject({
    params: { header: { 'Idempotency-Key': draft.idempotencyKey } },
  });
});

it('brings a deleted one back when that is refused', async () => {
  vi.spyOn(api, 'GET').mockResolvedValue(page([stored]));
  vi.spyOn(api, 'DELETE').mockResolvedValue(refused as never);
  const result = use();
  await waitFor(() => expect(values(result)).toEqual(['Platform team']));
  result.current.remove.mutate('a1');
  await waitFor(() => expect(result.current.remove.error?.message).toBe('Taken.'));
  await waitFor(() => expect(values(result)).toEqual(['Platform team']));
});
