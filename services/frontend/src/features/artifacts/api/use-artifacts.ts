// The files: list, one, fetch, links, delete.
import {
  infiniteQueryOptions,
  keepPreviousData,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
  type InfiniteData,
} from '@tanstack/react-query';
import { answerOf, api, session } from '@/lib/client';
import { problemOf } from '@/lib/problem';
import type { components } from '@/lib/schema';
import { checkedBody } from '../download';
import type { ArtifactFilter } from '../filter';

export type Artifact = components['schemas']['Artifact'];
type Page = components['schemas']['ArtifactPage'];

export const artifactsKey = ['artifacts'];
const lists = [...artifactsKey, 'list'];

const artifactsQuery = ({ q, kind }: ArtifactFilter) =>
  infiniteQueryOptions({
    queryKey: [...lists, q, kind],
    queryFn: ({ signal, pageParam }) => {
      const query = {
        limit: 50,
        ...(q.trim() === '' ? {} : { q: q.trim() }),
        ...(kind === '' ? {} : { kind }),
        ...(pageParam === null ? {} : { after: pageParam }),
      };
      return answerOf(api.GET('/api/v1/artifacts', { params: { query }, signal }));
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  });

export const useArtifacts = (filter: ArtifactFilter) => useInfiniteQuery(artifactsQuery(filter));

export function useArtifact(artifact: string) {
  return useQuery({
    queryKey: [...artifactsKey, 'one', artifact],
    queryFn: ({ signal }) =>
      answerOf(
        api.GET('/api/v1/artifacts/{artifact}', { params: { path: { artifact } }, signal }),
      ),
  });
}

/** Delete; it leaves the lists at once and comes back when that was refused. */
export function useDeleteArtifact() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (artifact: string) =>
      answerOf(api.DELETE('/api/v1/artifacts/{artifact}', { params: { path: { artifact } } })),
    onMutate: async (artifact) => {
      await queries.cancelQueries({ queryKey: lists });
      const before = queries.getQueriesData<InfiniteData<Page>>({ queryKey: lists });
      queries.setQueriesData<InfiniteData<Page>>({ queryKey: lists }, (known) =>
        known === undefined
          ? known
          : {
              ...known,
              pages: known.pages.map((page) => ({
                ...page,
                items: page.items.filter(({ id }) => id !== artifact),
              })),
            },
      );
      return { before };
    },
    onError: (_error, _artifact, context) => {
      for (const [key, data] of context?.before ?? []) queries.setQueryData(key, data);
    },
    onSettled: () => queries.invalidateQueries({ queryKey: lists }),
  });
}

export function useLink(artifact: string) {
  return useMutation({
    mutationFn: (seconds: number) =>
      answerOf(
        api.POST('/api/v1/artifacts/{artifact}/links', {
          params: { path: { artifact } },
          body: { expires_in: seconds },
        }),
      ),
  });
}

/** The bytes of a file, compared with its digest. */
export async function fetched(
  artifact: Artifact,
  tell: (received: number) => void,
): Promise<Blob> {
  const path = `/api/v1/artifacts/${artifact.id}/content`;
  const url = new URL(path, globalThis.location.origin);
  const response = await session.authorized(new Request(url));
  if (!response.ok) throw problemOf(response, await response.json().catch(() => null));
  return checkedBody(response, artifact.sha256, tell);
}
