// What went wrong with a request, in one shape: the API's problem+json, or no answer at all.
import { wordsOf } from './words';

/** The words of what the console itself finds wrong; the API's refusals bring their own. */
export const problemWords = wordsOf('problem', {
  unavailable: 'The platform could not answer. It is being tried again.',
  refused: 'The request was refused ({status}).',
  unreachable: 'The platform does not answer. Is it running?',
  unknown: 'Something went wrong.',
  unproven: 'Nothing was done: you did not confirm it.',
  passkeyDeclined: 'The passkey was not used: it was declined, or took too long.',
  passkeyHeld: 'This device holds a passkey for this account already.',
  passkeyElsewhere: 'Passkeys cannot be used at this address.',
  passkeyFailed: 'The passkey did not work.',
  passkeyNone: 'No passkey was chosen.',
});

interface FieldProblem {
  path: string;
  message: string;
}

/** A refused or failed request. `code` is stable and meant for decisions; `message` for people. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';

  constructor(
    readonly code: string,
    message: string,
    readonly status: number,
    readonly fields: readonly FieldProblem[] = [],
    /** Seconds that the server asks to wait, when it said so. */
    readonly retryAfter: number | null = null,
    readonly requestId: string | null = null,
  ) {
    super(message);
  }
}

const text = (value: unknown): string | null =>
  typeof value === 'string' && value !== '' ? value : null;

function fieldsOf(value: unknown): FieldProblem[] {
  if (!Array.isArray(value)) return [];
  return value.map((entry: Record<string, unknown>) => ({
    path: text(entry.path) ?? '',
    message: text(entry.message) ?? '',
  }));
}

function secondsOf(response: Response): number | null {
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
  return Number.isFinite(seconds) ? seconds : null;
}

/** Read a refusal: problem+json where the server sent it, else what its status says. */
export function problemOf(response: Response, body: unknown): ProblemError {
  const problem = (typeof body === 'object' && body !== null ? body : {}) as Record<
    string,
    unknown
  >;
  const fallback =
    response.status >= 500
      ? problemWords('unavailable')
      : problemWords('refused', { status: response.status });
  return new ProblemError(
    text(problem.code) ?? (response.status >= 500 ? 'unavailable' : 'refused'),
    text(problem.detail) ?? text(problem.title) ?? fallback,
    response.status,
    fieldsOf(problem.errors),
    secondsOf(response),
    text(problem.request_id) ?? response.headers.get('x-request-id'),
  );
}

/** The problem of a request that got no answer: no network, or nothing listens. */
export function unreachable(): ProblemError {
  return new ProblemError('unreachable', problemWords('unreachable'), 0);
}

/** The words to show for anything that was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : problemWords('unknown');
}

/** Whether asking again may help: the server or the way to it failed, not the request. */
export function isTemporary(error: unknown): boolean {
  if (!(error instanceof ProblemError)) return false;
  return error.status === 0 || error.status === 429 || error.status >= 500;
}
