// The API as typed calls: paths, parameters and answers come from the OpenAPI document.
import createClient from 'openapi-fetch';
import { problemOf } from './problem';
import type { paths } from './schema';
import { Session } from './session';
import { StepUp } from './step-up';
import { TraceContext } from './trace-context';

/** Run `work` while no other tab does; where the browser has no locks, just run it. */
function exclusively<T>(work: () => Promise<T>): Promise<T> {
  if (!('locks' in navigator)) return work();
  return navigator.locks.request('groundplan-refresh', work) as Promise<T>;
}

const hintKey = 'groundplan-signed-in';

/** Spares a first visitor the question for a session that cannot be there. */
const browserHint = {
  get: (): boolean => {
    try {
      return localStorage.getItem(hintKey) !== null;
    } catch {
      return true;
    }
  },
  set: (signedIn: boolean): void => {
    try {
      if (signedIn) localStorage.setItem(hintKey, '1');
      else localStorage.removeItem(hintKey);
    } catch {
      // Storage is refused: the question is asked each time.
    }
  },
};

/** What is asked for where an answer comes as events, for as long as somebody listens. */
export const streamed = 'text/event-stream';

const traces = new TraceContext({
  now: () => performance.now(),
  place: () => globalThis.location.pathname + globalThis.location.search,
  random: (bytes) => crypto.getRandomValues(new Uint8Array(bytes)),
});

/** `fetch`, with the trace that the request begins or belongs to. */
function traced(...given: Parameters<typeof fetch>): Promise<Response> {
  const request = new Request(...given);
  const isStream = request.headers.get('accept') === streamed;
  request.headers.set('traceparent', traces.header(request.method, isStream));
  return fetch(request);
}

export const session = new Session({
  fetch: traced,
  now: () => Date.now(),
  exclusively,
  channel: new BroadcastChannel('groundplan-session'),
  hint: browserHint,
});

/** Asks for a fresh proof where an operation demands one; the dialog in `app` answers it. */
export const stepUp = new StepUp((request) => session.authorized(request));

export const api = createClient<paths>({
  baseUrl: globalThis.location.origin,
  fetch: stepUp.fetch,
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
