/** Parts at rest: AES-256-GCM, a key of its own for each; the salt stands before, the tag behind. */
import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { appendFile, open, rename, rm, stat, writeFile } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';

const SALT = 32;
const TAG = 16;
const PIECE = 1 << 18;
const IV = Buffer.alloc(12);

const keyOf = (master, salt) => Buffer.from(hkdfSync('sha256', master, salt, 'part', 32));

/**
 * Write a stream; nothing bears the name before it is whole.
 * @returns {Promise<{ size: number, sha256: string }>}
 */
export async function write(master, path, source) {
  const salt = randomBytes(SALT);
  const cipher = createCipheriv('aes-256-gcm', keyOf(master, salt), IV);
  const digest = createHash('sha256');
  const temporary = `${path}.${salt.toString('hex').slice(0, 16)}`;
  let size = 0;
  const watched = async function* (pieces) {
    for await (const piece of pieces) {
      digest.update(piece);
      size += piece.length;
      yield piece;
    }
  };
  try {
    await writeFile(temporary, salt);
    const file = createWriteStream(temporary, { flags: 'a', highWaterMark: PIECE });
    await pipeline(source, watched, cipher, file);
    await appendFile(temporary, cipher.getAuthTag());
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  return { size, sha256: digest.digest('hex') };
}

/** The plain bytes of a part, as a stream. */
export async function read(master, path) {
  const { size } = await stat(path);
  const file = await open(path);
  const salt = Buffer.alloc(SALT);
  const tag = Buffer.alloc(TAG);
  try {
    await file.read(salt, 0, SALT, 0);
    await file.read(tag, 0, TAG, size - TAG);
  } finally {
    await file.close();
  }
  const decipher = createDecipheriv('aes-256-gcm', keyOf(master, salt), IV);
  decipher.setAuthTag(tag);
  const bounds = { start: SALT, end: size - TAG - 1, highWaterMark: PIECE };
  return createReadStream(path, bounds).pipe(decipher);
}
