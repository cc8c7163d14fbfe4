// Amounts in the units that people use.
import { expect, it } from 'vitest';
import { cores, fileSize, mebibytes } from '@/lib/quantity';

it('writes memory in MiB and GiB', () => {
  expect([mebibytes(268_435_456), mebibytes(2 ** 31), mebibytes(1_572_864)]).toEqual([
    '256 MiB',
    '2 GiB',
    '1.5 MiB',
  ]);
});

it('writes parts of a core in thousandths', () => {
  expect([cores(0.25), cores(1), cores(1.5)]).toEqual(['250m', '1', '1.5']);
});

it('writes small files in the unit that says something', () => {
  expect([0, 1023, 8600, 2 ** 20].map(fileSize)).toEqual(['0 B', '1023 B', '8.4 KiB', '1 MiB']);
});
