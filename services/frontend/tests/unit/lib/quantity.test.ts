// Amounts in the units that people use.
import { expect, it } from 'vitest';
import { cores, fileSize, mebibytes, milliseconds, percent, perSecond } from '@/lib/quantity';

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

it('writes times in the unit that fits', () => {
  expect([0, 0.31, 12.345, 999.6, 1204, 90_000, 600_000, 7_200_000].map(milliseconds)).toEqual([
    '0 ms',
    '310 µs',
    '12.3 ms',
    '1 000 ms',
    '1.2 s',
    '90 s',
    '10 min',
    '2 h',
  ]);
});

it('writes rates with the digits that say something', () => {
  expect([0, 0.0123, 4.567, 23.84, 1234.5].map(perSecond)).toEqual([
    '0/s',
    '0.012/s',
    '4.57/s',
    '23.8/s',
    '1 235/s',
  ]);
});

it('never shows as nothing what is something', () => {
  expect([0, 0.00001, 0.0004, 0.021, 1, -0.9].map(percent)).toEqual([
    '0 %',
    '< 0.01 %',
    '0.04 %',
    '2.1 %',
    '100 %',
    '−90 %',
  ]);
});
