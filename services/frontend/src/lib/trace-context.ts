// The trace context of what the browser asks for (W3C `traceparent`). What a person does is always
// recorded: going to a page, with all that it reads at first, and every change. What a page asks
// again by itself is recorded as often as everybody else's requests.

/** What a context needs of its surroundings; tests pass their own. */
export interface TraceHost {
  /** Milliseconds that never go back. */
  now: () => number;
  /** Where the person is: another value means that he went there. */
  place: () => string;
  random: (bytes: number) => Uint8Array;
}

interface Root {
  trace: string;
  span: string;
}

/** How long requests count as part of going to a page, in milliseconds. */
const arrival = 1_500;

const hex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

export class TraceContext {
  private place: string | null = null;
  private going: (Root & { until: number }) | null = null;

  constructor(private readonly host: TraceHost) {}

  /** The `traceparent` of a request that is sent now; a stream lasts too long to be part of it. */
  header(method: string, isStream = false): string {
    const going = this.arrive();
    if (isStream) return written(this.root(), false);
    if (method !== 'GET' && method !== 'HEAD') return written(this.root(), true);
    return going === null ? written(this.root(), false) : written(going, true);
  }

  private arrive(): Root | null {
    const [place, now] = [this.host.place(), this.host.now()];
    if (place !== this.place) {
      this.place = place;
      this.going = { ...this.root(), until: now + arrival };
    }
    return this.going !== null && now < this.going.until ? this.going : null;
  }

  private root(): Root {
    return { trace: hex(this.host.random(16)), span: hex(this.host.random(8)) };
  }
}

const written = ({ trace, span }: Root, recorded: boolean): string =>
  `00-${trace}-${span}-${recorded ? '01' : '00'}`;

/** The trace of a `traceparent`. */
export const traceOf = (header: string | null): string | null =>
  /^00-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$/.exec(header ?? '')?.[1] ?? null;
