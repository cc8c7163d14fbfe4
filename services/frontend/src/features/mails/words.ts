// The words of the mails' page.
import { wordsOf } from '@/lib/words';

export const t = wordsOf('mails', {
  title: 'Mails',
  summary: 'On one machine nothing is sent: what would be is kept here, with links that work.',
  none: 'No mail was written yet',
  noneAbout: 'Invitations and links to reset a password appear here.',
  notHere: 'Mails are sent from here, not kept',
  unreadable: 'The mails could not be read',
  list: 'Mails, latest first',
  read: 'The mail',
  choose: 'Choose a mail to read it',
  to: 'to {to}',
  back: 'All mails',
});
