// Every word is there.
import { expect, it } from 'vitest';
import { t } from '@/features/deployments/webhook-words';

it('counts attempts', () => {
  expect([t('attempts', { count: 1 }), t('attempts', { count: 2 })]).toEqual([
    '1 attempt',
    '2 attempts',
  ]);
});
