// The API as typed calls: paths, parameters and answers come from the OpenAPI document.
import createClient from 'openapi-fetch';
import { problemOf } from './problem';
import type { paths } from './schema';
import { Session } from './session';

/** Run `work` while no other tab does; where the browser has no locks, just run it. */
function exclusively<T>(work: () => Promise<T>): Promise<T> {
  if (!('locks' in navigator)) return work();
  return navigator.locks.request('groundplan-refresh', work) as Promise<T>;
}

export const session = new Session({
  fetch: (...request) => fetch(...request),
  now: () => Date.now(),
  exclusively,
  channel: new BroadcastChannel('groundplan-session'),
});

export const api = createClient<paths>({
  baseUrl: globalThis.location.origin,
  fetch: (request) => session.authorized(request),
});

interface Result<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/** The answer of a call, or a thrown ProblemError. */
export async function answerOf<T>(call: Promise<Result<T>>): Promise<T> {
  const { data, error, response } = await call;
  if (!response.ok) throw problemOf(response, error);
  return data as T;
}
