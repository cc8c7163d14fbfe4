// All uploads of this tab, one after the other; they go on while other pages are looked at.
import type { Kind } from './filter';
import { Sending, type Transport, type UploadView } from './upload';
import { forget, isSame, remember, unfinished, type Unfinished } from './unfinished';

interface Entry {
  view: UploadView;
  sending: Sending | null;
  left: Unfinished | null;
  pause: AbortController | null;
}

export interface UploadsHost extends Transport {
  store: Pick<Storage, 'getItem' | 'setItem'>;
  abandon: (upload: string) => Promise<void>;
  /** Hears that a file has become an artifact. */
  arrived: () => void;
  newKey: () => string;
}

const active = ['queued', 'sending', 'waiting', 'checking'];

export class Uploads {
  private entries: Entry[];
  private shown: readonly UploadView[];
  private readonly listeners = new Set<() => void>();

  constructor(private readonly host: UploadsHost) {
    this.entries = unfinished(host.store).map((left) => ({
      view: { ...begun(left.id, left), phase: 'paused', id: left.id, inHand: false },
      sending: null,
      left,
      pause: null,
    }));
    this.shown = this.entries.map(({ view }) => view);
  }

  readonly snapshot = (): readonly UploadView[] => this.shown;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Whether leaving the page would cut something off. */
  get busy(): boolean {
    return this.entries.some(({ view }) => active.includes(view.phase));
  }

  /** Send files; one that was begun before goes on where it was. */
  add(files: Iterable<File>, kind: Kind): void {
    for (const file of files) {
      const left = this.entries.find(
        (entry) => entry.sending === null && entry.left !== null && isSame(entry.left, file),
      );
      const entry = left ?? this.enter(file);
      const { key, id } = entry.view;
      entry.sending = new Sending(file, kind, key, this.host, this.hear(entry, file), id);
      this.change(entry, { phase: 'queued', inHand: true });
    }
    this.pump();
  }

  pause(key: string): void {
    const entry = this.find(key);
    entry?.pause?.abort();
    if (entry?.view.phase === 'queued') this.change(entry, { phase: 'paused' });
  }

  resume(key: string): void {
    const entry = this.find(key);
    if (entry === undefined || entry.sending === null) return;
    this.change(entry, { phase: 'queued', problem: null });
    this.pump();
  }

  /** Stop, and have what was sent dropped. */
  async abandon(key: string): Promise<void> {
    const entry = this.find(key);
    if (entry === undefined) return;
    entry.pause?.abort();
    this.remove(entry);
    const { id } = entry.view;
    if (id !== null) await this.host.abandon(id).catch(() => undefined);
  }

  /** Take an upload that is over off the list. */
  dismiss(key: string): void {
    const entry = this.find(key);
    if (entry !== undefined) this.remove(entry);
  }

  private enter(file: File): Entry {
    const view = begun(this.host.newKey(), file);
    const entry: Entry = { view, sending: null, left: null, pause: null };
    this.entries = [...this.entries, entry];
    return entry;
  }

  private pump(): void {
    if (this.entries.some(({ pause }) => pause !== null)) return;
    const entry = this.entries.find(({ view }) => view.phase === 'queued');
    if (entry === undefined || entry.sending === null) return;
    entry.pause = new AbortController();
    void entry.sending.run(entry.pause.signal).finally(() => {
      entry.pause = null;
      this.pump();
    });
  }

  private hear(entry: Entry, file: File): (change: Partial<UploadView>) => void {
    const { name, size, lastModified: modified } = file;
    return (change) => {
      if (!this.entries.includes(entry)) return;
      if (change.id != null) remember(this.host.store, { id: change.id, name, size, modified });
      this.change(entry, change);
      if (change.phase === 'ready' || change.phase === 'refused') this.over(entry);
      if (change.phase === 'ready') this.host.arrived();
    };
  }

  private over({ view }: Entry): void {
    if (view.id !== null) forget(this.host.store, view.id);
  }

  private remove(entry: Entry): void {
    this.over(entry);
    this.entries = this.entries.filter((other) => other !== entry);
    this.publish();
  }

  private find(key: string): Entry | undefined {
    return this.entries.find(({ view }) => view.key === key);
  }

  private change(entry: Entry, change: Partial<UploadView>): void {
    entry.view = { ...entry.view, ...change };
    this.publish();
  }

  private publish(): void {
    this.shown = this.entries.map(({ view }) => view);
    for (const listener of this.listeners) listener();
  }
}

const begun = (key: string, { name, size }: { name: string; size: number }): UploadView => ({
  key,
  name,
  size,
  sent: 0,
  phase: 'queued',
  problem: null,
  id: null,
  inHand: true,
});
