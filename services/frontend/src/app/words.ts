// The words of the frame around the pages.
import { wordsOf } from '@/lib/words';

export const t = wordsOf('app', {
  bare: 'Only a password protects your account, and you may change everything here.',
  enrol: 'Set up a second factor',
  security: 'Security',
  sessions: 'Your sessions',
  signOut: 'Sign out',
});
