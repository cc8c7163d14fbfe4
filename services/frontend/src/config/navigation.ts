// The places of the console, in the order of the menu.
import type { IconName } from '@/components/icon';

export interface Place {
  to: string;
  label: string;
  icon: IconName;
  /** Shown to administrators only. */
  administrators?: boolean;
  /** Shown only where mails are kept instead of sent. */
  mails?: boolean;
}

export const places: readonly Place[] = [
  { to: '/', label: 'Overview', icon: 'overview' },
  { to: '/services', label: 'Services', icon: 'services' },
  { to: '/environments', label: 'Environments', icon: 'environments' },
  { to: '/releases', label: 'Releases', icon: 'releases' },
  { to: '/deployments', label: 'Deployments', icon: 'deployments' },
  { to: '/artifacts', label: 'Artifacts', icon: 'artifacts' },
  { to: '/cost', label: 'Cost', icon: 'cost' },
];

export const account: readonly Place[] = [
  { to: '/security', label: 'Security', icon: 'security' },
  { to: '/sessions', label: 'Sessions', icon: 'sessions' },
  { to: '/users', label: 'Users', icon: 'users', administrators: true },
  { to: '/audit', label: 'Audit', icon: 'audit', administrators: true },
  { to: '/mails', label: 'Mails', icon: 'mail', administrators: true, mails: true },
];

/** The API's own documentation, served by the backend. */
export const apiDocs = '/api/docs';
