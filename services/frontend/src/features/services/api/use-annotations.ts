// The notes of people about a service. Changes show at once and are taken back when refused.
import {
  queryOptions,
  useMutation,
  useQuery,
  useQueryClient,
  type QueryClient,
} from '@tanstack/react-query';
import type { Annotation } from '@/lib/catalog';
import { answerOf, api } from '@/lib/client';

export type AnnotationKey = Annotation['key'];

/** An annotation as a person writes it; `id` is null for a new one. */
export interface AnnotationDraft {
  id: string | null;
  key: AnnotationKey;
  value: string;
  url: string | null;
  /** Made once per draft, so that a repeated create is one create. */
  idempotencyKey: string;
}

type List = { items: Annotation[]; next: string | null };

const annotationsQuery = (service: string) =>
  queryOptions({
    queryKey: ['catalog', 'annotations', service],
    queryFn: ({ signal }): Promise<List> =>
      answerOf(
        api.GET('/api/v1/catalog/services/{name}/annotations', {
          params: { path: { name: service }, query: { limit: 100 } },
          signal,
        }),
      ),
  });

export const useAnnotations = (service: string) => useQuery(annotationsQuery(service));

function send(service: string, draft: AnnotationDraft): Promise<Annotation> {
  const body = { key: draft.key, value: draft.value, url: draft.url };
  if (draft.id !== null) {
    const path = { annotation: draft.id };
    return answerOf(
      api.PUT('/api/v1/catalog/annotations/{annotation}', { params: { path }, body }),
    );
  }
  return answerOf(
    api.POST('/api/v1/catalog/services/{name}/annotations', {
      params: { path: { name: service }, header: { 'Idempotency-Key': draft.idempotencyKey } },
      body,
    }),
  );
}

/** The list as it will be once a draft is saved. */
export function withDraft(
  items: readonly Annotation[],
  draft: AnnotationDraft,
  service: string,
): Annotation[] {
  const now = new Date().toISOString();
  const { key, value, url } = draft;
  if (draft.id !== null) {
    return items.map((item) =>
      item.id === draft.id ? { ...item, key, value, url, updated_at: now } : item,
    );
  }
  const made = { id: draft.idempotencyKey, service, key, value, url, created_by: '' };
  return [...items, { ...made, created_at: now, updated_at: now }];
}

/** Show `next` at once; the answer is the way back. */
async function ahead(
  queries: QueryClient,
  service: string,
  next: (items: Annotation[]) => Annotation[],
): Promise<{ before: List | undefined }> {
  const { queryKey } = annotationsQuery(service);
  await queries.cancelQueries({ queryKey });
  const before = queries.getQueryData(queryKey);
  if (before !== undefined) {
    queries.setQueryData(queryKey, { ...before, items: next(before.items) });
  }
  return { before };
}

function useChange<T>(
  service: string,
  change: (value: T) => Promise<unknown>,
  next: (items: Annotation[], value: T) => Annotation[],
) {
  const queries = useQueryClient();
  const { queryKey } = annotationsQuery(service);
  return useMutation({
    mutationFn: change,
    onMutate: (value: T) => ahead(queries, service, (items) => next(items, value)),
    onError: (_error, _value, context) => {
      if (context?.before !== undefined) queries.setQueryData(queryKey, context.before);
    },
    onSettled: () => queries.invalidateQueries({ queryKey }),
  });
}

export const useSaveAnnotation = (service: string) =>
  useChange(
    service,
    (draft: AnnotationDraft) => send(service, draft),
    (items, draft) => withDraft(items, draft, service),
  );

export const useDeleteAnnotation = (service: string) =>
  useChange(
    service,
    (id: string) =>
      answerOf(
        api.DELETE('/api/v1/catalog/annotations/{annotation}', {
          params: { path: { annotation: id } },
        }),
      ),
    (items, id) => items.filter((item) => item.id !== id),
  );
