// How uploads speak to the API, and the uploads of this tab.
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useSyncExternalStore } from 'react';
import { answerOf, api, session } from '@/lib/client';
import { problemOf } from '@/lib/problem';
import type { Transport } from '../upload';
import { Uploads } from '../uploads';
import { artifactsKey } from './use-artifacts';

const send: Transport['send'] = async (upload, number, body, digest, signal) => {
  const path = `/api/v1/artifacts/uploads/${upload}/parts/${String(number)}`;
  const base64 = btoa(String.fromCharCode(...new Uint8Array(digest)));
  const request = new Request(new URL(path, globalThis.location.origin), {
    method: 'PUT',
    body,
    signal,
    headers: {
      'content-type': 'application/octet-stream',
      'content-digest': `sha-256=:${base64}:`,
    },
  });
  const response = await session.authorized(request);
  if (!response.ok) throw problemOf(response, await response.json().catch(() => null));
};

const wait: Transport['wait'] = (milliseconds, signal) =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });

const arrivals = new Set<() => void>();

const uploads = new Uploads({
  create: ({ name, size }, kind, key) =>
    answerOf(
      api.POST('/api/v1/artifacts/uploads', {
        params: { header: { 'Idempotency-Key': key } },
        body: { name, size, kind },
      }),
    ),
  read: (upload) =>
    answerOf(api.GET('/api/v1/artifacts/uploads/{upload}', { params: { path: { upload } } })),
  send,
  complete: (upload, sha256) =>
    answerOf(
      api.POST('/api/v1/artifacts/uploads/{upload}/complete', {
        params: { path: { upload } },
        body: { sha256 },
      }),
    ),
  abandon: (upload) =>
    answerOf(api.DELETE('/api/v1/artifacts/uploads/{upload}', { params: { path: { upload } } })),
  wait,
  store: globalThis.localStorage,
  arrived: () => {
    for (const hear of arrivals) hear();
  },
  newKey: () => crypto.randomUUID(),
});

globalThis.addEventListener('beforeunload', (event) => {
  if (uploads.busy) event.preventDefault();
});

/** The uploads of this tab as React sees them; lists are read anew when one has arrived. */
export function useUploads() {
  const queries = useQueryClient();
  useEffect(() => {
    const hear = (): void => void queries.invalidateQueries({ queryKey: artifactsKey });
    arrivals.add(hear);
    return () => {
      arrivals.delete(hear);
    };
  }, [queries]);
  return { uploads, shown: useSyncExternalStore(uploads.subscribe, uploads.snapshot) };
}
