// The words of the command palette, loaded with it.
import { wordsOf } from '@/lib/words';

export const t = wordsOf('palette', {
  title: 'Commands',
  command: 'Command',
  hint: 'Go to a page, a service, or do something',
  nothing: 'Nothing is called that.',
  place: 'Place',
  service: 'Service',
  deed: 'Deed',
  colours: 'Change colours',
  api: 'API documentation',
  'sign-out': 'Sign out',
});
