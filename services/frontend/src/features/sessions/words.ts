// The words of the page of sessions.
import { wordsOf } from '@/lib/words';

export const t = wordsOf('sessions', {
  title: 'Sessions',
  summary: 'Where you are signed in. A revoked session is refused at once, everywhere.',
  everywhere: 'Sign out everywhere',
  everywhereAsk: 'Sign out everywhere?',
  everywhereWhy:
    'Every session of yours ends now, this one too. You sign in again with your password.',
  notRevoked: 'The session was not revoked. {reason}',
  unreadable: 'Your sessions could not be read',
  none: 'You have no sessions',
  current: 'this session',
  seen: 'seen',
  signedIn: 'signed in',
  revoke: 'Revoke',
  revokeOf: 'Revoke the session of {name}',
  unknown: 'Unknown client',
  agent: '{browser} on {system}',
});
