// A search in the logs is kept by its address, and asks only for what makes sense.
import { expect, it } from 'vitest';
import { everyLine, filterOf, queryOf, searchOf } from '@/features/logs/filter';

const trace = 'ab'.repeat(16);

it('comes back from an address', () => {
  const filter = { ...everyLine, text: 'time out', level: 'warning' as const, trace };
  expect(filterOf(new URLSearchParams(searchOf(filter)))).toEqual(filter);
});

it('leaves out a level that does not exist', () => {
  expect(filterOf(new URLSearchParams('level=loud'))).toEqual(everyLine);
});

it('asks for the lines of a trace, and not for half a trace or blanks', () => {
  expect(queryOf({ ...everyLine, text: ' time out ', trace })).toEqual({
    text: 'time out',
    trace_id: trace,
  });
  expect(queryOf({ ...everyLine, text: '  ', trace: 'ab', attribute: 'http.route' })).toEqual({});
});
