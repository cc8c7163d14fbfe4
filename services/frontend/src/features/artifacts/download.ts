// A file as it comes, digested on the way: what is not what was stored is not saved.
import { Sha256 } from './sha256';
import { t } from './words';

/** Read an answer's body and compare its digest; `tell` hears how many bytes have come. */
export async function checkedBody(
  response: Response,
  sha256: string,
  tell: (received: number) => void,
): Promise<Blob> {
  const digest = new Sha256();
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  let received = 0;
  const reader = response.body?.getReader();
  for (let read = await reader?.read(); read?.done === false; read = await reader?.read()) {
    digest.update(read.value);
    pieces.push(read.value);
    received += read.value.length;
    tell(received);
  }
  if (digest.hex() !== sha256) throw new Error(t('altered'));
  return new Blob(pieces, { type: 'application/octet-stream' });
}
