// Lines as they come: a stream that is opened again where it was, and rests while nobody looks.
import { useEffect, useState } from 'react';
import type { LogsAsked } from '@/hooks/use-signals';
import { session, streamed } from '@/lib/client';
import { Follower } from '@/lib/follower';
import type { LogLine } from '@/lib/telemetry';
import { joined } from '../follow';

export interface Followed {
  lines: readonly LogLine[];
  /** Nothing new can be read at the moment. */
  cut: boolean;
}

const nothing: Followed = { lines: [], cut: false };

/** Lines since the page began to follow, latest first; `onMissed` when some may be missing. */
export function useFollow(asked: LogsAsked, follow: boolean, onMissed: () => void): Followed {
  const [followed, setFollowed] = useState(nothing);
  const search = new URLSearchParams(Object.entries(asked)).toString();
  useEffect(() => {
    if (!follow) return;
    const page = new AbortController();
    const follower = followerOf(search, page.signal);
    const tell = (): void => {
      setFollowed(({ lines }) => ({ lines, cut: follower.snapshot() === 'waiting' }));
    };
    const forget = follower.subscribe(tell);
    const leave = follower.join((line, kind) => {
      if (line === null) onMissed();
      else if (kind === 'line') {
        setFollowed(({ lines, cut }) => ({ lines: joined(lines, [line]), cut }));
      } else setFollowed(({ lines }) => ({ lines, cut: kind === 'lost' }));
    });
    return () => {
      leave();
      forget();
      page.abort();
      setFollowed(nothing);
    };
  }, [search, follow, onMissed]);
  return followed;
}

function followerOf(search: string, page: AbortSignal): Follower<LogLine> {
  return new Follower<LogLine>({
    open: (after, signal) => {
      const url = new URL(`/api/v1/telemetry/logs/follow?${search}`, globalThis.location.origin);
      const last = after === null ? {} : { 'last-event-id': after };
      const headers = { accept: streamed, ...last };
      return session.authorized(new Request(url, { headers, signal, cache: 'no-store' }));
    },
    visible: () => document.visibilityState === 'visible',
    onVisibility: (listener) => {
      document.addEventListener('visibilitychange', listener, { signal: page });
    },
    random: () => Math.random(),
  });
}
