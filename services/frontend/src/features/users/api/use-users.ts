// The users, for administrators: list, create, change.
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { answerOf, api } from '@/lib/client';
import type { components } from '@/lib/schema';

export type User = components['schemas']['User'];
export type Role = User['role'];

export interface NewUser {
  email: string;
  password: string;
  role: Role;
  /** Made once per form, so that a repeated create is one create. */
  idempotencyKey: string;
}

const queryKey = ['users'];
const pageSize = 50;

export function useUsers() {
  return useInfiniteQuery({
    queryKey,
    queryFn: ({ signal, pageParam }) => {
      const query = { limit: pageSize, ...(pageParam === null ? {} : { after: pageParam }) };
      return answerOf(api.GET('/api/v1/identity/users', { params: { query }, signal }));
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });
}

export function useCreateUser() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ idempotencyKey, ...body }: NewUser) =>
      answerOf(
        api.POST('/api/v1/identity/users', {
          params: { header: { 'Idempotency-Key': idempotencyKey } },
          body,
        }),
      ),
    onSuccess: () => queries.invalidateQueries({ queryKey }),
  });
}

export interface UserChange {
  id: string;
  role?: Role;
  disabled?: boolean;
}

export function useChangeUser() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ id, ...body }: UserChange) =>
      answerOf(
        api.PATCH('/api/v1/identity/users/{user}', {
          params: { path: { user: id } },
          body,
        }),
      ),
    onSettled: () => queries.invalidateQueries({ queryKey }),
  });
}
