// API tokens of the caller, of somebody else or of a service identity: list, create, revoke.
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { answerOf, api } from '@/lib/client';
import type { components } from '@/lib/schema';

export type ApiToken = components['schemas']['ApiToken'];
export type Scope = ApiToken['scopes'][number];

/** Whose tokens; a person's are created by himself only. */
export type Owner =
  { kind: 'me' } | { kind: 'user'; id: string } | { kind: 'service'; id: string };

export interface NewToken {
  name: string;
  scopes: Scope[];
  days: number;
  /** Made once per form, so that a repeated create is one create. */
  idempotencyKey: string;
}

const all = ['tokens'];
const keyOf = (owner: Owner) => [...all, owner];

function list(owner: Owner, query: { after?: string }, signal: AbortSignal) {
  if (owner.kind === 'me') {
    return answerOf(api.GET('/api/v1/identity/tokens', { params: { query }, signal }));
  }
  if (owner.kind === 'user') {
    const path = { user: owner.id };
    return answerOf(
      api.GET('/api/v1/identity/users/{user}/tokens', { params: { path, query }, signal }),
    );
  }
  const path = { service: owner.id };
  return answerOf(
    api.GET('/api/v1/identity/service-identities/{service}/tokens', {
      params: { path, query },
      signal,
    }),
  );
}

export function useTokens(owner: Owner) {
  return useInfiniteQuery({
    queryKey: keyOf(owner),
    queryFn: ({ signal, pageParam }) =>
      list(owner, pageParam === null ? {} : { after: pageParam }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });
}

function create(owner: Owner, { idempotencyKey, ...body }: NewToken) {
  const header = { 'Idempotency-Key': idempotencyKey };
  if (owner.kind === 'service') {
    const path = { service: owner.id };
    return answerOf(
      api.POST('/api/v1/identity/service-identities/{service}/tokens', {
        params: { path, header },
        body,
      }),
    );
  }
  return answerOf(api.POST('/api/v1/identity/tokens', { params: { header }, body }));
}

export function useCreateToken(owner: Owner) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (token: NewToken) => create(owner, token),
    onSuccess: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: all }),
        queries.invalidateQueries({ queryKey: ['service-identities'] }),
      ]),
  });
}

function revoke(owner: Owner, token: string) {
  if (owner.kind === 'me') {
    return answerOf(
      api.DELETE('/api/v1/identity/tokens/{token}', { params: { path: { token } } }),
    );
  }
  if (owner.kind === 'user') {
    const path = { user: owner.id, token };
    return answerOf(
      api.DELETE('/api/v1/identity/users/{user}/tokens/{token}', { params: { path } }),
    );
  }
  const path = { service: owner.id, token };
  return answerOf(
    api.DELETE('/api/v1/identity/service-identities/{service}/tokens/{token}', {
      params: { path },
    }),
  );
}

export function useRevokeToken(owner: Owner) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (token: string) => revoke(owner, token),
    onSettled: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: all }),
        queries.invalidateQueries({ queryKey: ['service-identities'] }),
      ]),
  });
}
