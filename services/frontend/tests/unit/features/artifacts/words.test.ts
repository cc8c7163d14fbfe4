// Every word is there.
import { expect, it } from 'vitest';
import { t } from '@/features/artifacts/words';

it('says how far an upload is', () => {
  expect(t('of', { sent: '1 MiB', size: '2 MiB' })).toBe('1 MiB of 2 MiB');
});
