// Words are found, filled in, counted and translated.
import { afterEach, expect, it } from 'vitest';
import { translate, wordsOf } from '@/lib/words';

const t = wordsOf('pages', {
  greeting: 'Hello {name}',
  'found.one': '{count} page',
  'found.other': '{count} pages',
});

afterEach(() => {
  document.documentElement.lang = 'en';
});

it('fills values in, and leaves alone what has none', () => {
  expect([t('greeting', { name: 'Ada' }), t('greeting')]).toEqual(['Hello Ada', 'Hello {name}']);
});

it('counts in the forms of the language', () => {
  expect([t('found', { count: 1 }), t('found', { count: 2 })]).toEqual(['1 page', '2 pages']);
});

it('speaks another language where its catalogue has the key', () => {
  translate('de', 'pages', { 'found.one': '{count} Seite', 'found.other': '{count} Seiten' });
  document.documentElement.lang = 'de';
  expect([t('found', { count: 3 }), t('greeting', { name: 'Ada' })]).toEqual([
    '3 Seiten',
    'Hello Ada',
  ]);
});
