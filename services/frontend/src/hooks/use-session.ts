// The session as React sees it, and what the caller's role allows.
import { useSyncExternalStore } from 'react';
import { session } from '@/lib/client';
import type { SessionState, User } from '@/lib/session';

export function useSession(): SessionState {
  return useSyncExternalStore(session.subscribe, session.snapshot);
}

/** The signed-in user; pages are only shown to one. */
export function useUser(): User | null {
  const state = useSession();
  return state.phase === 'signed-in' ? state.user : null;
}

const rank: Record<User['role'], number> = { viewer: 0, operator: 1, administrator: 2 };

/** Whether the caller holds this role or a higher one. The API decides; this only hides. */
export function useHolds(role: User['role']): boolean {
  const user = useUser();
  return user !== null && rank[user.role] >= rank[role];
}
