// What the command palette offers: places, services and deeds, found by the letters typed.
import type { IconName } from '@/components/icon';
import { account, apiDocs, placeLabel, places, signals, type Place } from '@/config/navigation';
import { t } from './palette-words';

export interface Command {
  /** Stays the same while the list changes. */
  id: string;
  label: string;
  /** What kind of thing it is, beside the label. */
  group: 'place' | 'service' | 'deed';
  icon: IconName;
  /** Where it leads; a deed has a name instead. */
  to?: string;
  deed?: 'sign-out' | 'colours' | 'api';
}

/** Pages that the menu has no room for. */
const furtherSignals: readonly Place[] = [
  { to: '/traces?view=graph', name: 'serviceGraph', icon: 'traces' },
  { to: '/logs?follow=on', name: 'followLogs', icon: 'logs' },
  { to: '/logs?level=error', name: 'errorLogs', icon: 'logs' },
  { to: '/traces?status=error', name: 'errorTraces', icon: 'traces' },
  { to: '/runbooks', name: 'runbooks', icon: 'book' },
];

type Deed = NonNullable<Command['deed']>;

const deeds: readonly (readonly [deed: Deed, icon: IconName])[] = [
  ['colours', 'moon'],
  ['api', 'book'],
  ['sign-out', 'signOut'],
];

/** Where the deed `api` leads. */
export const documentation = apiDocs;

/** Every command of a caller, in the order in which an empty search shows them. */
export function commandsOf(
  services: readonly string[],
  administrator: boolean,
  mails = false,
): Command[] {
  const open = [...places, ...signals, ...furtherSignals, ...account]
    .filter((place) => place.administrators !== true || administrator)
    .filter((place) => place.mails !== true || mails);
  return [
    ...open.map((place): Command => ({
      id: `place:${place.to}`,
      label: placeLabel(place),
      group: 'place',
      icon: place.icon,
      to: place.to,
    })),
    ...services.map((name): Command => ({
      id: `service:${name}`,
      label: name,
      group: 'service',
      icon: 'service',
      to: `/services/${encodeURIComponent(name)}`,
    })),
    ...deeds.map(([deed, icon]): Command => ({
      id: `deed:${deed}`,
      label: t(deed),
      group: 'deed',
      icon,
      deed,
    })),
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
