// Calls that need a fresh proof: the first refusal asks the person, and the call is repeated.
// One question at a time: calls that are refused meanwhile wait for the same answer.
import { problemWords, ProblemError } from './problem';

type Send = (request: Request) => Promise<Response>;

export class StepUp {
  private asking: { promise: Promise<boolean>; answer: (proven: boolean) => void } | null = null;
  private readonly listeners = new Set<() => void>();

  constructor(private readonly send: Send) {}

  /** Whether a person is being asked. */
  readonly snapshot = (): boolean => this.asking !== null;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Send a request, once more when it was proven that the caller is who he is. */
  readonly fetch = async (request: Request): Promise<Response> => {
    const again = request.clone();
    const response = await this.send(request);
    if (!(await needsProof(response))) return response;
    if (await this.prove()) return this.send(again);
    throw new ProblemError('step_up_declined', problemWords('unproven'), 403);
  };

  /** Say how the question ended: proven, or put away. */
  readonly settle = (proven: boolean): void => {
    const asked = this.asking;
    this.asking = null;
    this.tell();
    asked?.answer(proven);
  };

  private prove(): Promise<boolean> {
    if (this.asking === null) {
      let answer: (proven: boolean) => void = () => undefined;
      const promise = new Promise<boolean>((resolve) => {
        answer = resolve;
      });
      this.asking = { promise, answer };
      this.tell();
    }
    return this.asking.promise;
  }

  private tell(): void {
    for (const listener of this.listeners) listener();
  }
}

async function needsProof(response: Response): Promise<boolean> {
  if (response.status !== 403) return false;
  const problem: unknown = await response
    .clone()
    .json()
    .catch(() => null);
  return (problem as { code?: unknown } | null)?.code === 'step_up_required';
}
