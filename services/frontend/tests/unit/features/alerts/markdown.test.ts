// Runbooks are read as blocks; what is not known stays text.
import { expect, it } from 'vitest';
import { blocksOf, inlineOf } from '@/features/alerts/markdown';

const text = (words: string) => ({ kind: 'text', text: words });

it('reads code, stresses and links within a line', () => {
  expect(inlineOf('Run `./run status`, **now**; see [the other](CacheDown.md).')).toEqual([
    text('Run '),
    { kind: 'code', text: './run status' },
    text(', '),
    { kind: 'strong', text: 'now' },
    text('; see '),
    { kind: 'link', text: 'the other', to: 'CacheDown.md' },
    text('.'),
  ]);
});

it('reads headings, and paragraphs over several lines', () => {
  expect(blocksOf('## Checks\n\nFirst line\nsecond line\n\nnext')).toEqual([
    { kind: 'heading', level: 2, content: [text('Checks')] },
    { kind: 'paragraph', content: [text('First line second line')] },
    { kind: 'paragraph', content: [text('next')] },
  ]);
});

it('reads lists with lines that go on', () => {
  expect(blocksOf('1. one\n   goes on\n2. two\n\n- a\n- b')).toEqual([
    { kind: 'list', ordered: true, items: [[text('one goes on')], [text('two')]] },
    { kind: 'list', ordered: false, items: [[text('a')], [text('b')]] },
  ]);
});

it('keeps code as it is, even where its end is missing', () => {
  expect(blocksOf('```sh\n# not a heading\n- no list\n```\nafter')).toEqual([
    { kind: 'code', text: '# not a heading\n- no list' },
    { kind: 'paragraph', content: [text('after')] },
  ]);
  expect(blocksOf('```\nopen')).toEqual([{ kind: 'code', text: 'open' }]);
});

it('reads tables', () => {
  expect(blocksOf('| See | Means |\n|---|---|\n| a | `b` |')).toEqual([
    {
      kind: 'table',
      head: [[text('See')], [text('Means')]],
      rows: [[[text('a')], [{ kind: 'code', text: 'b' }]]],
    },
  ]);
});

it('leaves HTML as text', () => {
  expect(blocksOf('<b>x</b>')).toEqual([{ kind: 'paragraph', content: [text('<b>x</b>')] }]);
});

it('ends with any text', () => {
  for (const odd of ['|', '| a', '-', '#', '```', '  ', '1.', '**', '[x](', '\r\n\r\n']) {
    expect(() => blocksOf(odd)).not.toThrow();
  }
});
