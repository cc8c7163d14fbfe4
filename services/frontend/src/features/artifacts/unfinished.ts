// The uploads that a reload would forget: which file, and the id under which it goes on.

export interface Unfinished {
  id: string;
  name: string;
  size: number;
  /** When the file was changed last, in milliseconds: tells files of one name apart. */
  modified: number;
}

type Store = Pick<Storage, 'getItem' | 'setItem'>;

const storeKey = 'groundplan-uploads';
/** The server drops an upload after a day anyway. */
const most = 20;

/** Those that are remembered; a browser that refuses storage remembers none. */
export function unfinished(store: Store): Unfinished[] {
  try {
    const found: unknown = JSON.parse(store.getItem(storeKey) ?? '[]');
    return Array.isArray(found) ? found.filter(isUnfinished) : [];
  } catch {
    return [];
  }
}

function isUnfinished(entry: unknown): entry is Unfinished {
  const { id, name, size, modified } = (entry ?? {}) as Record<string, unknown>;
  return (
    typeof id === 'string' &&
    typeof name === 'string' &&
    typeof size === 'number' &&
    typeof modified === 'number'
  );
}

export function remember(store: Store, entry: Unfinished): void {
  write(store, [entry, ...unfinished(store).filter(({ id }) => id !== entry.id)].slice(0, most));
}

export function forget(store: Store, id: string): void {
  write(
    store,
    unfinished(store).filter((entry) => entry.id !== id),
  );
}

function write(store: Store, entries: readonly Unfinished[]): void {
  try {
    store.setItem(storeKey, JSON.stringify(entries));
  } catch {
    // Storage is refused or full: a reload then begins anew.
  }
}

/** Whether a file that was chosen is the one that an upload was begun with. */
export const isSame = (entry: Unfinished, file: File): boolean =>
  entry.name === file.name && entry.size === file.size && entry.modified === file.lastModified;
