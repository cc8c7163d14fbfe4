// Links in a mail's text, and nothing but links of the web.
import { expect, it } from 'vitest';
import { partsOf } from '@/features/mails/links';

it('a text is split at its links', () => {
  expect(partsOf('Open\n\nhttp://127.0.0.1:8080/invitation#abc\n\nonce.')).toEqual([
    { text: 'Open\n\n', link: false },
    { text: 'http://127.0.0.1:8080/invitation#abc', link: true },
    { text: '\n\nonce.', link: false },
  ]);
});

it('other schemes stay words', () => {
  expect(partsOf('javascript:alert(1)')).toEqual([{ text: 'javascript:alert(1)', link: false }]);
  expect(partsOf('')).toEqual([]);
});
