// The places of the console, in the order of the menu.
import type { IconName } from '@/components/icon';
import { wordsOf } from '@/lib/words';

const placeWords = wordsOf('places', {
  overview: 'Overview',
  services: 'Services',
  environments: 'Environments',
  releases: 'Releases',
  deployments: 'Deployments',
  artifacts: 'Artifacts',
  cost: 'Cost',
  security: 'Security',
  sessions: 'Sessions',
  users: 'Users',
  audit: 'Audit',
  mails: 'Mails',
  traces: 'Traces',
  logs: 'Logs',
  metrics: 'Metrics',
  objectives: 'Objectives',
  alerts: 'Alerts',
  serviceGraph: 'Service graph',
  followLogs: 'Follow the logs',
  errorLogs: 'Errors in the logs',
  errorTraces: 'Traces with errors',
  runbooks: 'Runbooks',
});

export interface Place {
  to: string;
  name: Parameters<typeof placeWords>[0];
  icon: IconName;
  /** Shown to administrators only. */
  administrators?: boolean;
  /** Shown only where mails are kept instead of sent. */
  mails?: boolean;
}

export const places: readonly Place[] = [
  { to: '/', name: 'overview', icon: 'overview' },
  { to: '/services', name: 'services', icon: 'services' },
  { to: '/environments', name: 'environments', icon: 'environments' },
  { to: '/releases', name: 'releases', icon: 'releases' },
  { to: '/deployments', name: 'deployments', icon: 'deployments' },
  { to: '/artifacts', name: 'artifacts', icon: 'artifacts' },
  { to: '/cost', name: 'cost', icon: 'cost' },
];

/** What the platform tells of itself. */
export const signals: readonly Place[] = [
  { to: '/traces', name: 'traces', icon: 'traces' },
  { to: '/logs', name: 'logs', icon: 'logs' },
  { to: '/metrics', name: 'metrics', icon: 'metrics' },
  { to: '/objectives', name: 'objectives', icon: 'objectives' },
  { to: '/alerts', name: 'alerts', icon: 'alerts' },
];

export const account: readonly Place[] = [
  { to: '/security', name: 'security', icon: 'security' },
  { to: '/sessions', name: 'sessions', icon: 'sessions' },
  { to: '/users', name: 'users', icon: 'users', administrators: true },
  { to: '/audit', name: 'audit', icon: 'audit', administrators: true },
  { to: '/mails', name: 'mails', icon: 'mail', administrators: true, mails: true },
];

/** What a place is called in the menu. */
export const placeLabel = ({ name }: Place): string => placeWords(name);

/** The API's own documentation, served by the backend. */
export const apiDocs = '/api/docs';
