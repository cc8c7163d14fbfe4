// What the environments would cost at AWS, as the catalog holds it.
import { useQuery } from '@tanstack/react-query';
import { answerOf, api } from '@/lib/client';
import type { components } from '@/lib/schema';

export type Bill = components['schemas']['Bill'];
export type Estimate = components['schemas']['Estimate'];
export type BillLine = components['schemas']['BillLine'];
export type Saving = components['schemas']['Saving'];
export type Amount = components['schemas']['Amount'];

export function useBills() {
  return useQuery({
    queryKey: ['catalog', 'bills'],
    queryFn: ({ signal }) => answerOf(api.GET('/api/v1/catalog/bills', { signal })),
    staleTime: 60_000,
  });
}
