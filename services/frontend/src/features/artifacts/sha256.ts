// SHA-256 (FIPS 180-4) of what comes in pieces; the browser's own takes only what is whole.

/** The first 32 bits of the fractional parts of a root of each of the first primes. */
function constants(count: number, root: (prime: number) => number): number[] {
  const found: number[] = [];
  for (let number = 2; found.length < count; number += 1) {
    if (isPrime(number)) found.push(((root(number) % 1) * 2 ** 32) | 0);
  }
  return found;
}

function isPrime(number: number): boolean {
  for (let factor = 2; factor * factor <= number; factor += 1) {
    if (number % factor === 0) return false;
  }
  return true;
}

const rounds = Int32Array.from(constants(64, Math.cbrt));
const start = Int32Array.from(constants(8, Math.sqrt));
const blockSize = 64;

export class Sha256 {
  private readonly state = Int32Array.from(start);
  private readonly schedule = new Int32Array(64);
  private readonly rest = new Uint8Array(blockSize);
  private resting = 0;
  private length = 0;

  update(bytes: Uint8Array): this {
    this.length += bytes.length;
    let at = 0;
    if (this.resting > 0) {
      at = Math.min(blockSize - this.resting, bytes.length);
      this.rest.set(bytes.subarray(0, at), this.resting);
      this.resting += at;
      if (this.resting < blockSize) return this;
      this.block(this.rest, 0);
      this.resting = 0;
    }
    for (; at + blockSize <= bytes.length; at += blockSize) this.block(bytes, at);
    this.rest.set(bytes.subarray(at));
    this.resting = bytes.length - at;
    return this;
  }

  /** The digest in hexadecimal; nothing can be added after it. */
  hex(): string {
    const { length } = this;
    const padding = new Uint8Array(((119 - (length % blockSize)) % blockSize) + 1 + 8);
    padding[0] = 0x80;
    const view = new DataView(padding.buffer);
    view.setUint32(padding.length - 8, Math.floor(length / 2 ** 29));
    view.setUint32(padding.length - 4, (length * 8) >>> 0);
    this.update(padding);
    return [...this.state].map((word) => (word >>> 0).toString(16).padStart(8, '0')).join('');
  }

  private block(bytes: Uint8Array, offset: number): void {
    const { schedule: w, state } = this;
    for (let t = 0, at = offset; t < 16; t += 1, at += 4) {
      w[t] = (bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!;
    }
    for (let t = 16; t < 64; t += 1) {
      const x = w[t - 15]!;
      const y = w[t - 2]!;
      const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
      const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
      w[t] = (w[t - 16]! + s0 + w[t - 7]! + s1) | 0;
    }
    let a = state[0]!;
    let b = state[1]!;
    let c = state[2]!;
    let d = state[3]!;
    let e = state[4]!;
    let f = state[5]!;
    let g = state[6]!;
    let h = state[7]!;
    for (let t = 0; t < 64; t += 1) {
      const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
      const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
      const one = (h + s1 + ((e & f) ^ (~e & g)) + rounds[t]! + w[t]!) | 0;
      const two = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      h = g;
      g = f;
      f = e;
      e = (d + one) | 0;
      d = c;
      c = b;
      b = a;
      a = (one + two) | 0;
    }
    state[0]! += a;
    state[1]! += b;
    state[2]! += c;
    state[3]! += d;
    state[4]! += e;
    state[5]! += f;
    state[6]! += g;
    state[7]! += h;
  }
}

/** A piece is digested in steps of this size, so that the page stays answerable. */
const step = 1 << 20;

/** Add a large piece without holding the page up. */
export async function addTo(digest: Sha256, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length; at += step) {
    digest.update(bytes.subarray(at, at + step));
    await new Promise((resolve) => {
      setTimeout(resolve);
    });
  }
}
