// Every word is there.
import { expect, it } from 'vitest';
import { t } from '@/features/deployments/words';

it('fills names in', () => {
  expect(t('to', { subject: 'backend', environment: 'prod' })).toBe('backend to prod');
});
