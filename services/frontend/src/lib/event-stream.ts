// Server-sent events from a fetched stream: EventSource could not send who is asking.

/** One frame: an event, or with `event` null a sign of life that says how far the server is. */
export interface Frame {
  id: string | null;
  event: string | null;
  data: string;
}

/** Takes text as it comes, in pieces of any size, and gives the frames that are complete. */
export class FrameReader {
  private rest = '';

  read(text: string): Frame[] {
    // A lone CR may be the first half of CRLF: it waits for the next piece.
    const whole = (this.rest + text).replaceAll('\r\n', '\n');
    const blocks = whole.split('\n\n');
    this.rest = blocks.pop() ?? '';
    return blocks.map(frameOf).filter((frame) => frame !== null);
  }
}

function frameOf(block: string): Frame | null {
  const frame: Frame = { id: null, event: null, data: '' };
  const data: string[] = [];
  for (const line of block.split('\n')) {
    const [name, value] = parted(line);
    if (name === '' && /^\d+$/.test(value)) frame.id = value;
    if (name === 'id') frame.id = value;
    if (name === 'event') frame.event = value;
    if (name === 'data') data.push(value);
  }
  if (data.length > 0) frame.event ??= 'message';
  frame.data = data.join('\n');
  return frame.id === null && frame.event === null ? null : frame;
}

function parted(line: string): [name: string, value: string] {
  const at = line.indexOf(':');
  return at < 0 ? [line, ''] : [line.slice(0, at), line.slice(at + 1).replace(/^ /, '')];
}

/** The frames of an answer, until it ends; throws when nothing came for `patience` ms. */
export async function* framesOf(response: Response, patience: number): AsyncGenerator<Frame> {
  if (response.body === null) return;
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  const frames = new FrameReader();
  try {
    for (;;) {
      const { done, value } = await within(reader.read(), patience);
      if (done) return;
      yield* frames.read(value);
    }
  } finally {
    void reader.cancel().catch(() => undefined);
  }
}

function within<T>(work: Promise<T>, patience: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(new Error('the stream fell silent'));
    }, patience);
    work.then(resolve, reject).finally(() => {
      clearTimeout(timer);
    });
  });
}
