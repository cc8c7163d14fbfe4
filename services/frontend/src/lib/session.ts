// Who is signed in. The access token lives in memory only; the refresh token in a cookie that
// scripts cannot read. One refresh at a time, in this tab and, by a lock, across tabs: a refresh
// token is good for one use, and two uses would end the session.
import { ProblemError, problemOf, unreachable } from './problem';
import type { components } from './schema';

export type User = components['schemas']['SignedInUser'];
/** What a sign-in still lacks after the password. */
export type Mfa = components['schemas']['Mfa'];
type Answer = components['schemas']['SignedIn'];

/** The ways to answer a sign-in's challenge, as the API names them. */
interface Answers {
  totp: components['schemas']['CodeSignIn'];
  recovery: components['schemas']['RecoverySignIn'];
  passkey: components['schemas']['PasskeySignIn'];
}

/** The first factors that can be set up within a sign-in. */
interface Enrolments {
  totp: components['schemas']['ConfirmTotpSignIn'];
  passkey: components['schemas']['ConfirmPasskeySignIn'];
}

/** `delivery` is always the cookie here. */
type Said<T> = Omit<T, 'delivery'>;

/** A first factor that was set up; the session is taken up once its codes have been seen. */
export interface Enrolled {
  recoveryCodes: readonly string[];
  proceed: () => void;
}

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

  /** Sign in, or return what is still missing, or throw the ProblemError that says why not. */
  async signIn(email: string, password: string): Promise<Mfa | null> {
    const body = { email, password };
    const answer = await this.post<Answer | { mfa: Mfa }>(paths.signIn, body);
    if ('mfa' in answer) return answer.mfa;
    this.begin(answer);
    return null;
  }

  /** Finish a sign-in with the second factor. */
  async answer<M extends keyof Answers>(method: M, body: Said<Answers[M]>): Promise<void> {
    this.begin(await this.post<Answer>(`${paths.signIn}/${method}`, body));
  }

  /** Begin to set up the first factor within a sign-in. */
  beginEnrolment<T>(kind: keyof Enrolments, challenge: string): Promise<T> {
    return this.post<T>(`${paths.signIn}/enrol/${kind}`, { challenge });
  }

  /** Set the first factor up; the session begins when its recovery codes have been seen. */
  async enrol<K extends keyof Enrolments>(kind: K, body: Said<Enrolments[K]>): Promise<Enrolled> {
    const path = `${paths.signIn}/enrol/${kind}/confirm`;
    const answer = await this.post<components['schemas']['EnrolledSignIn']>(path, body);
    const at = this.host.now();
    // The cookie is there already: a reload must find the session.
    this.host.hint.set(true);
    const proceed = (): void => this.begin(answer.signed_in, at);
    return { recoveryCodes: answer.recovery_codes, proceed };
  }

  /** Remember that this browser may come back with a session, as from a provider of sign-ins. */
  expect(): void {
    this.host.hint.set(true);
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
      .exclusively(() => this.post<Answer>(paths.refresh))
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

  private async post<T>(path: string, body?: object): Promise<T> {
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
    return answer as T;
  }

  private begin(answer: Answer, at?: number): void {
    this.accept(answer, at);
    this.host.channel.postMessage('signed-in' satisfies Message);
  }

  private accept(answer: Answer, at = this.host.now()): void {
    const endsAt = at + answer.expires_in * 1000;
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
