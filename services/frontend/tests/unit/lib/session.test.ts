// Who is signed in: one refresh at a time, tokens in memory, tabs that agree.
import { describe, expect, it, vi } from 'vitest';
import { ProblemError } from '@/lib/problem';
import { Session, type SessionHost } from '@/lib/session';
import { json } from '../../made';

const user = { id: 'u1', email: 'ada@groundplan.example', role: 'operator' as const };
const granted = (token: string) =>
  json({ access_token: token, token_type: 'Bearer', expires_in: 300, user });
const problem = (status: number, code: string) => json({ code, detail: 'no', status }, status);

type Handler = (path: string, token: string | null) => Response | Promise<Response>;

function make(handler: Handler) {
  const heard: ((event: { data: string }) => void)[] = [];
  const said: string[] = [];
  const asked: string[] = [];
  let time = 0;
  let signedIn = true;
  const host: SessionHost = {
    fetch: vi.fn(async (input: RequestInfo | URL) => {
      const request = input instanceof Request ? input : null;
      const path = request === null ? (input as string) : new URL(request.url).pathname;
      asked.push(path.split('/').pop() ?? '');
      return handler(path, request?.headers.get('authorization') ?? null);
    }),
    now: () => time,
    exclusively: (work) => work(),
    channel: {
      postMessage: (message: string) => said.push(message),
      addEventListener: (_type: string, listener: unknown) => {
        heard.push(listener as (event: { data: string }) => void);
      },
    },
    hint: { get: () => signedIn, set: (value) => (signedIn = value) },
  };
  const session = new Session(host);
  return {
    session,
    said,
    asked,
    hint: () => signedIn,
    unremember: () => (signedIn = false),
    pass: (seconds: number) => (time += seconds * 1000),
    hear: (data: string) => heard.forEach((listener) => listener({ data })),
    ask: (path = '/api/v1/catalog/state') =>
      session.authorized(new Request(`http://127.0.0.1${path}`)),
  };
}

describe('restoring', () => {
  it('asks nothing where the browser remembers no session', async () => {
    const made = make(() => granted('one'));
    made.unremember();
    await made.session.restore();
    expect(made.session.snapshot()).toEqual({ phase: 'signed-out', reason: 'none' });
    expect(made.asked).toEqual([]);
  });

  it('takes up the session that the cookie stands for', async () => {
    const made = make(() => granted('one'));
    await made.session.restore();
    expect(made.session.snapshot()).toEqual({ phase: 'signed-in', user });
  });

  it('signs nobody out while nobody can tell', async () => {
    const made = make(() => problem(503, 'dependency_unavailable'));
    await made.session.restore();
    expect(made.session.snapshot().phase).toBe('unreachable');
    expect(made.hint()).toBe(true);
  });
});

describe('signing in', () => {
  it('keeps the token, and tells the other tabs', async () => {
    const made = make((path, token) =>
      path.endsWith('sign-in') ? granted('one') : json({ token }),
    );
    await made.session.signIn('ada@groundplan.example', 'correct');
    expect(made.said).toEqual(['signed-in']);
    expect(await (await made.ask()).json()).toEqual({ token: 'Bearer one' });
  });

  it('passes on why it was refused', async () => {
    const made = make(() => problem(401, 'invalid_credentials'));
    await expect(made.session.signIn('a', 'b')).rejects.toMatchObject({
      code: 'invalid_credentials',
    });
  });
});

describe('a second factor', () => {
  const mfa = { challenge: 'c', methods: ['totp' as const], enrol: false };

  it('is asked for before anybody is signed in', async () => {
    const made = make(() => json({ mfa }));
    expect(await made.session.signIn('a', 'b')).toEqual(mfa);
    expect(made.session.snapshot().phase).toBe('restoring');
    expect(made.said).toEqual([]);
  });

  it('begins the session when it is right', async () => {
    const made = make(() => granted('one'));
    await made.session.answer('totp', { challenge: 'c', code: '123456' });
    expect(made.asked).toEqual(['totp']);
    expect(made.session.snapshot()).toEqual({ phase: 'signed-in', user });
    expect(made.said).toEqual(['signed-in']);
  });

  it('that was just set up begins it when its codes have been seen', async () => {
    const signed = { access_token: 'one', token_type: 'Bearer', expires_in: 300, user };
    const made = make(() => json({ recovery_codes: ['x'], signed_in: signed }));
    made.unremember();
    const first = { challenge: 'c', enrolment: 'e', code: '123456', name: 'Phone' };
    const enrolled = await made.session.enrol('totp', first);
    expect(enrolled.recoveryCodes).toEqual(['x']);
    expect(made.session.snapshot().phase).toBe('restoring');
    expect(made.hint()).toBe(true);
    enrolled.proceed();
    expect(made.session.snapshot()).toEqual({ phase: 'signed-in', user });
  });
});

it('remembers that somebody may come back from a provider', () => {
  const made = make(() => granted('one'));
  made.unremember();
  made.session.expect();
  expect(made.hint()).toBe(true);
});

describe('a refused token', () => {
  it('is renewed once for all requests that met the refusal', async () => {
    let renewals = 0;
    const made = make((path, token) => {
      if (path.endsWith('sign-in')) return granted('old');
      if (path.endsWith('refresh')) {
        renewals += 1;
        return granted('new');
      }
      return token === 'Bearer new' ? json({ ok: true }) : problem(401, 'unauthenticated');
    });
    await made.session.signIn('a', 'b');
    const answers = await Promise.all([made.ask(), made.ask(), made.ask()]);
    expect(answers.map((answer) => answer.status)).toEqual([200, 200, 200]);
    expect(renewals).toBe(1);
  });

  it('ends the session when it cannot be renewed', async () => {
    const made = make((path) =>
      path.endsWith('sign-in') ? granted('old') : problem(401, 'session_ended'),
    );
    await made.session.signIn('a', 'b');
    expect((await made.ask()).status).toBe(401);
    expect(made.session.snapshot()).toEqual({ phase: 'signed-out', reason: 'ended' });
  });

  it('does not end the session while the way to renew it is down', async () => {
    const made = make((path) => {
      if (path.endsWith('sign-in')) return granted('old');
      return path.endsWith('refresh') ? problem(503, 'x') : problem(401, 'unauthenticated');
    });
    await made.session.signIn('a', 'b');
    await expect(made.ask()).rejects.toBeInstanceOf(ProblemError);
    expect(made.session.snapshot().phase).toBe('signed-in');
  });
});

it('renews a token that is about to end before it is used', async () => {
  const made = make((path, token) => {
    if (path.endsWith('sign-in')) return granted('old');
    return path.endsWith('refresh') ? granted('new') : json({ token });
  });
  await made.session.signIn('a', 'b');
  made.pass(295);
  expect(await (await made.ask()).json()).toEqual({ token: 'Bearer new' });
});

describe('signing out', () => {
  it('forgets the token and tells the other tabs', async () => {
    const made = make((path) =>
      path.endsWith('sign-in') ? granted('one') : new Response(null, { status: 204 }),
    );
    await made.session.signIn('a', 'b');
    await made.session.signOut();
    expect(made.session.snapshot()).toEqual({ phase: 'signed-out', reason: 'left' });
    expect(made.said).toEqual(['signed-in', 'signed-out']);
    expect(made.hint()).toBe(false);
  });

  it('is not claimed when the server did not do it', async () => {
    const made = make((path) =>
      path.endsWith('sign-in') ? granted('one') : problem(503, 'dependency_unavailable'),
    );
    await made.session.signIn('a', 'b');
    await expect(made.session.signOut()).rejects.toBeInstanceOf(ProblemError);
    expect(made.session.snapshot().phase).toBe('signed-in');
  });

  it('in another tab ends it here too', async () => {
    const made = make(() => granted('one'));
    await made.session.restore();
    made.hear('signed-out');
    expect(made.session.snapshot()).toEqual({ phase: 'signed-out', reason: 'elsewhere' });
  });
});

it('says that nobody answers when the network fails', async () => {
  const made = make((path) => {
    if (path.endsWith('sign-in')) return granted('one');
    throw new TypeError('failed to fetch');
  });
  await made.session.signIn('a', 'b');
  await expect(made.ask()).rejects.toMatchObject({ code: 'unreachable', status: 0 });
});
