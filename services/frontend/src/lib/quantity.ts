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

/** A number in as many digits as say something: three, and none that a whole number lacks. */
export function figure(value: number): string {
  if (value === 0) return '0';
  if (Math.abs(value) >= 100) return grouped(Math.round(value));
  return String(Number(value.toPrecision(Math.abs(value) >= 1 ? 3 : 2)));
}

const grouped = (value: number): string => value.toLocaleString('en').replaceAll(',', ' ');

/** A length of time that is given in milliseconds, in the unit that fits. */
export function milliseconds(value: number): string {
  if (value !== 0 && Math.abs(value) < 1) return `${figure(value * 1000)} µs`;
  if (Math.abs(value) < 1000) return `${figure(value)} ms`;
  if (value < 120_000) return `${figure(value / 1000)} s`;
  return value < 7_200_000 ? `${figure(value / 60_000)} min` : `${figure(value / 3_600_000)} h`;
}

/** How often something happens in a second. */
export const perSecond = (rate: number): string => `${figure(rate)}/s`;

/** A part of the whole; what is not nothing is never shown as nothing. */
export function percent(ratio: number): string {
  const value = ratio * 100;
  if (value !== 0 && Math.abs(value) < 0.01) return value > 0 ? '< 0.01 %' : '> −0.01 %';
  return `${String(Number(value.toFixed(2)))} %`.replace('-', '−');
}
