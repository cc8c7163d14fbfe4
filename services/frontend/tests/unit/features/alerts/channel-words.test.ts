// The words of the page on channels are filled in.
import { expect, it } from 'vitest';
import { t } from '@/features/alerts/channel-words';

it('fills a name in', () => {
  expect(t('removes', { name: 'on-call' })).toBe('on-call is told of no more incidents.');
});
