// Who is signed in. The access token lives in memory only; the refresh token in a cookie that
// scripts cannot read. One refresh at a time, in this tab and, by a lock, across tabs: a refresh
// token is good for one use, and two uses would end the session.
import { ProblemError, problemOf, unreachable } from './problem';
import type { components } from './schema';

export type User = components['schemas']['SignedInUser'];
type Answer = components['schemas']['SignedIn'];

/** Why nobody is signed in: never was, chose to leave, was ended by the server, left in a tab. */
export type SignedOutReason = 'none' | 'left' | 'ended' | 'elsewhere';

export type SessionState =
  | { phase: 'restoring' }
  | { phase: 'unreachable'; problem: Error }
  | { phase: 'signed-out'; reason: SignedOutReason }
  | { phase: 'signed-in'; user: User };

type Message = 'signed-in' | 'signed-out';

/** What a session needs of the browser; tests pass their own. */
export interface SessionHost {
  fetch: typeof fetch;
  now: () => number;
  exclusively: <T>(work: () => Promise<T>) => Promise<T>;
  channel: Pick<BroadcastChannel, 'postMessage' | 'addEventListener'>;
  /** Whether this browser has a session, as far as it remembers; a hint, not a secret. */
  hint: { get: () => boolean; set: (signedIn: boolean) => void };
}

const paths = {
  signIn: '/api/v1/identity/sign-in',
  refresh: '/api/v1/identity/refresh',
  signOut: '/api/v1/identity/sign-out',
  signOutEverywhere: '/api/v1/identity/sign-out-everywhere',
};

/** Renew this long before the token ends, so that a request does not meet its end on the way. */
const renewBefore = 10_000;

export class Session {
  private state: SessionState = { phase: 'restoring' };
  private token: { value: string; endsAt: number } | null = null;
  private refreshing: Promise<boolean> | null = null;
  private readonly listeners = new Set<() => void>();

  constructor(private readonly host: SessionHost) {
    host.channel.addEventListener('message', (event) => {
      this.hear((event as MessageEvent<Message>).data);
    });
  }

  readonly snapshot = (): SessionState => this.state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Pick up the session that the cookie stands for, as after a reload. */
  async restore(): Promise<void> {
    if (!this.host.hint.get()) {
      this.forget('none');
      return;
    }
    if (this.state.phase !== 'unreachable') this.become({ phase: 'restoring' });
    try {
      if (!(await this.refresh())) this.forget('none');
    } catch (error) {
      this.become({ phase: 'unreachable', problem: error as Error });
    }
  }

  /** Sign in, or throw the ProblemError that says why not. */
  async signIn(email: string, password: string): Promise<void> {
    this.accept(await this.post(paths.signIn, { email, password }));
    this.host.channel.postMessage('signed-in' satisfies Message);
  }

  async signOut(everywhere = false): Promise<void> {
    const path = everywhere ? paths.signOutEverywhere : paths.signOut;
    const response = await this.authorized(
      new Request(new URL(path, origin()), { method: 'POST' }),
    );
    if (!response.ok && response.status !== 401) {
      throw problemOf(response, await response.json().catch(() => null));
    }
    this.forget('left');
    this.host.channel.postMessage('signed-out' satisfies Message);
  }

  /** Send a request as the caller: renews an ending token first, and a refused one once. */
  async authorized(request: Request): Promise<Response> {
    if (this.token !== null && this.token.endsAt - this.host.now() < renewBefore) {
      await this.refresh().catch(() => false);
    }
    const again = request.clone();
    const used = this.token?.value ?? null;
    const response = await this.send(request);
    if (response.status !== 401 || this.state.phase !== 'signed-in') return response;
    const renewed = this.token?.value !== used || (await this.refresh());
    if (renewed) return this.send(again);
    this.forget('ended');
    return response;
  }

  private async send(request: Request): Promise<Response> {
    if (this.token !== null) request.headers.set('authorization', `Bearer ${this.token.value}`);
    try {
      return await this.host.fetch(request);
    } catch (error) {
      if (error instanceof DOMException && error.name === 'AbortError') throw error;
      throw unreachable();
    }
  }

  /** True when renewed, false when the session is over; throws when nobody could tell. */
  private refresh(): Promise<boolean> {
    this.refreshing ??= this.host
      .exclusively(() => this.post(paths.refresh))
      .then((answer) => {
        this.accept(answer);
        return true;
      })
      .catch((error: unknown) => {
        if (error instanceof ProblemError && [400, 401, 403].includes(error.status)) return false;
        throw error;
      })
      .finally(() => {
        this.refreshing = null;
      });
    return this.refreshing;
  }

  private async post(path: string, body?: object): Promise<Answer> {
    const response = await this.host
      .fetch(path, {
        method: 'POST',
        ...(body !== undefined && {
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body),
        }),
      })
      .catch(() => {
        throw unreachable();
      });
    const answer: unknown = await response.json().catch(() => null);
    if (!response.ok) throw problemOf(response, answer);
    return answer as Answer;
  }

  private accept(answer: Answer): void {
    const endsAt = this.host.now() + answer.expires_in * 1000;
    this.token = { value: answer.access_token, endsAt };
    this.host.hint.set(true);
    this.become({ phase: 'signed-in', user: answer.user });
  }

  private forget(reason: SignedOutReason): void {
    this.token = null;
    this.host.hint.set(false);
    this.become({ phase: 'signed-out', reason });
  }

  private hear(message: Message): void {
    if (message === 'signed-out' && this.state.phase === 'signed-in') this.forget('elsewhere');
    if (message === 'signed-in' && this.state.phase === 'signed-out') void this.restore();
  }

  private become(state: SessionState): void {
    const same =
      state.phase === 'signed-in' &&
      this.state.phase === 'signed-in' &&
      JSON.stringify(this.state.user) === JSON.stringify(state.user);
    if (same) return;
    this.state = state;
    for (const listener of this.listeners) listener();
  }
}

const origin = (): string => globalThis.location.origin;
