// Every word is there.
import { expect, it } from 'vitest';
import { t } from '@/features/environments/words';

it('names the table', () => {
  expect(t('runs')).toBe('What runs');
});
