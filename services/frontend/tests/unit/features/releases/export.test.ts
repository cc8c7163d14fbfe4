// Releases as rows of a file.
import { expect, it } from 'vitest';
import { columns, rowsOf } from '@/features/releases/export';
import { environment, release } from '../../../made';

it('has a cell a column, and says where it is live', () => {
  const [row = []] = rowsOf([release('1.5.0')], [environment('dev', '1.5.0')]);
  expect(row.length).toBe(columns.length);
  expect(row[columns.indexOf('live_in')]).toBe('dev');
  expect(row[columns.indexOf('commit')]).toBeNull();
});
