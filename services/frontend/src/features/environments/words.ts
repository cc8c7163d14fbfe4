// The words of the page of environments.
import { wordsOf } from '@/lib/words';

export const t = wordsOf('environments', {
  title: 'Environments',
  summary: 'One file, several places to run it. What differs between them stands out.',
  environmentsUnreadable: 'The environments could not be read',
  none: 'platform.yaml declares no environments',
  replicas: 'Replicas',
  database: 'Database',
  setting: 'Setting',
  here: 'runs here',
  range: '{min} to {max}',
  yes: 'yes',
  no: 'no',
  runs: 'What runs',
  sideBySide: 'side by side',
  service: 'Service',
  unreadable: 'What runs could not be read',
  nothing: 'Nothing has been delivered yet. A deployment that goes live shows here.',
});
