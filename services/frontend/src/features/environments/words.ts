// The words of what runs where.
import { wordsOf } from '@/lib/words';

export const t = wordsOf('environments', {
  runs: 'What runs',
  sideBySide: 'side by side',
  service: 'Service',
  unreadable: 'What runs could not be read',
  nothing: 'Nothing has been delivered yet. A deployment that goes live shows here.',
});
