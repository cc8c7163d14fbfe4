// The mails that this machine keeps in a folder, for administrators; elsewhere there are none.
import { queryOptions, useQuery } from '@tanstack/react-query';
import { answerOf, api } from '@/lib/client';
import type { components } from '@/lib/schema';
import { useHolds } from './use-session';

export type Mail = components['schemas']['Mail'];

export const mailsQuery = queryOptions({
  queryKey: ['mails'],
  queryFn: ({ signal }) =>
    answerOf(api.GET('/api/v1/mails', { params: { query: { limit: 100 } }, signal })),
  retry: false,
});

/** Whether this place keeps its mails where an administrator can read them. */
export function useKeepsMails(): boolean {
  const administrator = useHolds('administrator');
  const mails = useQuery({
    ...mailsQuery,
    enabled: administrator,
    staleTime: Number.POSITIVE_INFINITY,
  });
  return administrator && mails.data !== undefined;
}
