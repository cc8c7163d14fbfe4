// Every word is there.
import { expect, it } from 'vitest';
import { t } from '@/features/releases/words';

it('says why an export failed', () => {
  expect(t('exportFailed', { reason: 'It is away.' })).toBe('The export failed. It is away.');
});
