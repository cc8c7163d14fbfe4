// The words that every page may need while its content comes, failed or is old; small, because
// the first page loads them.
import { wordsOf } from '@/lib/words';

export const t = wordsOf('notices', {
  loading: 'Loading',
  tryAgain: 'Try again',
  request: 'request {id}',
  degraded:
    'The API does not answer. The state comes from the platform itself, without process details.',
  stateOf: 'This is the state of {age}. {reason}',
  catalogOld: 'The database is away: the catalog is an earlier copy.',
  eventsAway: 'Events do not come at the moment. The page asks every few seconds until they do.',
});
