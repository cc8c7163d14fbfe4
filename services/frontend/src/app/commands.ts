// What the command palette offers: places, services and deeds, found by the letters typed.
import type { IconName } from '@/components/icon';
import { account, apiDocs, places } from '@/config/navigation';

export interface Command {
  /** Stays the same while the list changes. */
  id: string;
  label: string;
  /** What kind of thing it is, beside the label. */
  group: 'Place' | 'Service' | 'Deed';
  icon: IconName;
  /** Where it leads; a deed has a name instead. */
  to?: string;
  deed?: 'sign-out' | 'colours' | 'api';
}

const deeds: readonly Command[] = [
  { id: 'deed:colours', label: 'Change colours', group: 'Deed', icon: 'moon', deed: 'colours' },
  { id: 'deed:api', label: `API documentation`, group: 'Deed', icon: 'book', deed: 'api' },
  { id: 'deed:sign-out', label: 'Sign out', group: 'Deed', icon: 'signOut', deed: 'sign-out' },
];

/** Where the deed `api` leads. */
export const documentation = apiDocs;

/** Every command of a caller, in the order in which an empty search shows them. */
export function commandsOf(
  services: readonly string[],
  administrator: boolean,
  mails = false,
): Command[] {
  const open = [...places, ...account]
    .filter((place) => place.administrators !== true || administrator)
    .filter((place) => place.mails !== true || mails);
  return [
    ...open.map((place): Command => ({
      id: `place:${place.to}`,
      label: place.label,
      group: 'Place',
      icon: place.icon,
      to: place.to,
    })),
    ...services.map((name): Command => ({
      id: `service:${name}`,
      label: name,
      group: 'Service',
      icon: 'service',
      to: `/services/${encodeURIComponent(name)}`,
    })),
    ...deeds,
  ];
}

/** The commands that the letters typed stand for, the best first: a start before a middle. */
export function matching(commands: readonly Command[], typed: string): Command[] {
  const wanted = typed.trim().toLowerCase();
  return commands
    .map((command) => ({ command, score: scoreOf(command.label.toLowerCase(), wanted) }))
    .filter(({ score }) => score > 0)
    .sort((one, other) => other.score - one.score)
    .map(({ command }) => command);
}

function scoreOf(label: string, wanted: string): number {
  if (label.startsWith(wanted)) return 3;
  if (label.includes(wanted)) return 2;
  let at = 0;
  for (const letter of wanted) {
    at = label.indexOf(letter, at) + 1;
    if (at === 0) return 0;
  }
  return 1;
}
