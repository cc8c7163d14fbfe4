// One file on its way: in parts, each digested here and compared there. It can be paused, goes on
// by itself after a cut, and after a reload with the same file in hand.
import { isTemporary, messageOf, ProblemError } from '@/lib/problem';
import type { components } from '@/lib/schema';
import type { Kind } from './filter';
import { addTo, Sha256 } from './sha256';
import { t } from './words';

export type Stored = components['schemas']['Upload'];

export type Phase =
  'queued' | 'sending' | 'paused' | 'waiting' | 'checking' | 'ready' | 'refused' | 'failed';

/** What an upload asks of the API and of time; tests pass their own. */
export interface Transport {
  create: (file: File, kind: Kind, key: string) => Promise<Stored>;
  read: (upload: string) => Promise<Stored>;
  send: (
    upload: string,
    number: number,
    body: ArrayBuffer,
    digest: ArrayBuffer,
    signal: AbortSignal,
  ) => Promise<unknown>;
  complete: (upload: string, sha256: string) => Promise<Stored>;
  /** Wait so many milliseconds; ends early with the signal. */
  wait: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

export interface UploadView {
  key: string;
  name: string;
  size: number;
  sent: number;
  phase: Phase;
  problem: string | null;
  /** The upload's id once it has begun. */
  id: string | null;
  /** Whether the file is in hand; after a reload it is to be chosen again. */
  inHand: boolean;
}

export class OtherFile extends Error {
  constructor() {
    super(t('otherFile'));
  }
}

const longestPause = 30_000;

/** Carries one file over; `tell` hears of every change. */
export class Sending {
  private digest = new Sha256();
  private next = 1;
  private sent = 0;

  constructor(
    private readonly file: File,
    private readonly kind: Kind,
    private readonly key: string,
    private readonly transport: Transport,
    private readonly tell: (change: Partial<UploadView>) => void,
    private id: string | null,
  ) {}

  /** Go on until the file is there or was refused, or the signal says to pause. */
  async run(signal: AbortSignal): Promise<void> {
    this.tell({ phase: 'sending', problem: null });
    try {
      let stored = await this.patiently(signal, () => this.begin());
      if (stored.state === 'uploading') {
        await this.parts(stored, signal);
        const upload = stored.id;
        this.tell({ phase: 'checking' });
        const sha256 = this.digest.hex();
        stored = await this.patiently(signal, () => this.transport.complete(upload, sha256));
      }
      this.finish(await this.checked(stored, signal));
    } catch (error) {
      if (signal.aborted) this.tell({ phase: 'paused' });
      else this.tell({ phase: 'failed', problem: messageOf(error) });
    }
  }

  private async begin(): Promise<Stored> {
    if (this.id !== null) {
      const found = await this.transport.read(this.id).catch((error: unknown) => {
        if (error instanceof ProblemError && error.status === 404) return null;
        throw error;
      });
      if (found !== null) return found;
    }
    const stored = await this.transport.create(this.file, this.kind, this.key);
    this.id = stored.id;
    this.tell({ id: stored.id });
    return stored;
  }

  private async parts(stored: Stored, signal: AbortSignal): Promise<void> {
    const received = new Map(stored.received.map((part) => [part.number, part.sha256]));
    for (; this.next <= stored.parts; this.next += 1) {
      const from = (this.next - 1) * stored.part_size;
      const bytes = await this.file.slice(from, from + stored.part_size).arrayBuffer();
      const digest = await crypto.subtle.digest('SHA-256', bytes);
      const known = received.get(this.next);
      if (known !== undefined && known !== hex(digest)) throw new OtherFile();
      if (known === undefined) {
        await this.patiently(signal, () =>
          this.transport.send(stored.id, this.next, bytes, digest, signal),
        );
      }
      signal.throwIfAborted();
      await addTo(this.digest, new Uint8Array(bytes));
      this.sent += bytes.byteLength;
      this.tell({ sent: this.sent, phase: 'sending' });
    }
  }

  /** Do it, and again after a growing pause for as long as only the way is in the way. */
  private async patiently<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    for (let pause = 1_000; ; pause = Math.min(longestPause, pause * 2)) {
      signal.throwIfAborted();
      try {
        return await work();
      } catch (error) {
        const isCut = error instanceof ProblemError && error.code === 'digest_mismatch';
        if (signal.aborted || !(isTemporary(error) || isCut)) throw error;
        this.tell({ phase: 'waiting', problem: messageOf(error) });
        const asked = error instanceof ProblemError ? (error.retryAfter ?? 0) * 1000 : 0;
        await this.transport.wait(Math.max(pause, asked), signal);
        this.tell({ phase: 'sending', problem: null });
      }
    }
  }

  private async checked(stored: Stored, signal: AbortSignal): Promise<Stored> {
    let found = stored;
    while (found.state === 'checking') {
      this.tell({ phase: 'checking' });
      await this.transport.wait(1_000, signal);
      found = await this.patiently(signal, () => this.transport.read(stored.id));
    }
    return found;
  }

  private finish({ state, refusal, size }: Stored): void {
    if (state === 'ready') this.tell({ phase: 'ready', sent: size, problem: null });
    else this.tell({ phase: 'refused', problem: refusal });
  }
}

/** Bytes in hexadecimal. */
export const hex = (bytes: ArrayBuffer): string =>
  [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
