// Follows a stream of events, as of deliveries or log lines: comes back after every cut where it was, ever more slowly
// while nobody answers, and rests while nobody looks at the page.
import type { DeliveryEvent } from './delivery';
import { framesOf } from './event-stream';

/** `waiting` means that what the page shows may be old. */
export type Liveness = 'connecting' | 'live' | 'waiting';

/** An event and its kind; null says that some may have been missed: all is to be read anew. */
type Hear<T> = (event: T | null, kind: string) => void;

/** What a follower needs of its surroundings; tests pass their own. */
export interface FollowerHost {
  /** Open the stream after an event, or with null at what happens next. */
  open: (after: string | null, signal: AbortSignal) => Promise<Response>;
  visible: () => boolean;
  onVisibility: (listener: () => void) => void;
  random: () => number;
}

/** The server says something every 5 s. */
const patience = 16_000;
const shortestPause = 1_000;
const longestPause = 30_000;

export class Follower<T = DeliveryEvent> {
  private state: Liveness = 'connecting';
  private last: string | null = null;
  private failures = 0;
  private running: AbortController | null = null;
  private readonly hearers = new Set<Hear<T>>();
  private readonly listeners = new Set<() => void>();

  constructor(private readonly host: FollowerHost) {
    host.onVisibility(() => {
      this.adjust();
    });
  }

  readonly snapshot = (): Liveness => this.state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Hear events until the returned function is called. */
  join(hear: Hear<T>): () => void {
    this.hearers.add(hear);
    this.adjust();
    return () => {
      this.hearers.delete(hear);
      this.adjust();
    };
  }

  private adjust(): void {
    const wanted = this.hearers.size > 0 && this.host.visible();
    if (wanted && this.running === null) {
      this.running = new AbortController();
      void this.run(this.running.signal);
    }
    if (!wanted) {
      this.running?.abort();
      this.running = null;
    }
    if (this.hearers.size === 0) {
      this.last = null;
      this.failures = 0;
      this.become('connecting');
    }
  }

  private async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        await this.follow(signal);
      } catch {
        this.failures += 1;
        this.missed(signal);
      }
      await pause(this.pauseLength(), signal);
    }
  }

  private async follow(signal: AbortSignal): Promise<void> {
    const response = await this.host.open(this.last, signal);
    if (!response.ok) throw new Error(`refused with ${String(response.status)}`);
    if (this.last === null) this.tell(null);
    this.failures = 0;
    this.become('live');
    for await (const frame of framesOf(response, patience)) {
      if (signal.aborted) return;
      this.last = frame.id ?? this.last;
      if (frame.event !== null) this.tell(JSON.parse(frame.data) as T, frame.event);
    }
  }

  private missed({ aborted }: AbortSignal): void {
    if (!aborted) this.become('waiting');
  }

  private pauseLength(): number {
    const length = Math.min(longestPause, shortestPause * 2 ** Math.min(this.failures, 5));
    return length * (0.5 + this.host.random() / 2);
  }

  private tell(event: T | null, kind = ''): void {
    for (const hear of this.hearers) hear(event, kind);
  }

  private become(state: Liveness): void {
    if (state === this.state) return;
    this.state = state;
    for (const listener of this.listeners) listener();
  }
}

function pause(length: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) {
      resolve();
      return;
    }
    const timer = setTimeout(resolve, length);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
