// Amounts in the units that people use for them.

/** Bytes in MiB or GiB, whole where they are. */
export function mebibytes(bytes: number): string {
  const mebi = bytes / 2 ** 20;
  const [amount, unit] = mebi < 1024 ? [mebi, 'MiB'] : [mebi / 1024, 'GiB'];
  return `${String(Math.round(amount * 10) / 10)} ${unit}`;
}

/** Processor time in cores; below one in thousandths, as Kubernetes writes them. */
export const cores = (amount: number): string =>
  amount < 1 ? `${String(Math.round(amount * 1000))}m` : String(amount);

/** The size of a file: bytes and KiB where MiB would say nothing. */
export function fileSize(bytes: number): string {
  if (bytes < 1024) return `${String(bytes)} B`;
  if (bytes < 2 ** 20) return `${String(Math.round(bytes / 102.4) / 10)} KiB`;
  return mebibytes(bytes);
}
