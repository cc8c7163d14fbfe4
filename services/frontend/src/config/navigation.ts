// The places of the console, in the order of the menu.
import type { IconName } from '@/components/icon';

export interface Place {
  to: string;
  label: string;
  icon: IconName;
  /** Shown to administrators only. */
  administrators?: boolean;
}

export const places: readonly Place[] = [
  { to: '/', label: 'Overview', icon: 'overview' },
  { to: '/services', label: 'Services', icon: 'services' },
  { to: '/environments', label: 'Environments', icon: 'environments' },
  { to: '/cost', label: 'Cost', icon: 'cost' },
];

export const account: readonly Place[] = [
  { to: '/sessions', label: 'Sessions', icon: 'sessions' },
  { to: '/users', label: 'Users', icon: 'users', administrators: true },
];

/** The API's own documentation, served by the backend. */
export const apiDocs = '/api/docs';
