// A file that spreadsheets read as it was meant.
import { expect, it } from 'vitest';
import { csvOf } from '@/lib/csv';

it('quotes what holds commas, quotes and line ends', () => {
  expect(
    csvOf(
      ['a', 'b'],
      [
        ['x,y', 'say "hi"\n'],
        [1, null],
      ],
    ),
  ).toBe('a,b\r\n"x,y","say ""hi""\n"\r\n1,\r\n');
});

it('disarms texts that a spreadsheet would take for formulas, and no numbers', () => {
  expect(csvOf(['a'], [['=1+1'], ['@x'], [-1]])).toBe("a\r\n'=1+1\r\n'@x\r\n-1\r\n");
});
