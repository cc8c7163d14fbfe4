// The words of proving anew who one is.
import { wordsOf } from '@/lib/words';

export const t = wordsOf('step-up', {
  title: 'Is it you?',
  about: 'This changes who may do what. Confirm that it is you; it holds for some minutes.',
  password: 'Your password',
  confirm: 'Confirm',
  cancel: 'Cancel',
  usePasskey: 'Use your passkey',
  totp: 'Use a code',
  passkey: 'Use a passkey',
  wrong: 'That is not right, or was used before.',
  unbegun: 'Nobody could say how to confirm it',
});
