// The console's icons: our own strokes on a 16-pixel grid, coloured by the text around them.
import type { SystemStyleObject } from '@mui/system';
import type { Theme } from '@mui/material/styles';
import SvgIcon from '@mui/material/SvgIcon';

const strokes = {
  overview: 'M2.5 2.5h4.5v4.5H2.5zM9 9h4.5v4.5H9zM7 4.75h4.25V9',
  services: 'M2.5 3h11v4h-11zM2.5 9h11v4h-11zM5 5h.01M5 11h.01',
  environments: 'M2.5 2.5h3v11h-3zM6.75 5.5h2.9v8h-2.9zM10.9 8.5h2.6v5h-2.6z',
  cost: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12M10 5.9C9.6 5.3 8.9 5 8 5c-1.2 0-2 .6-2 1.5S6.8 7.8 8 8s2 .6 2 1.5S9.2 11 8 11c-.9 0-1.6-.3-2-.9M8 4v8',
  sessions: 'M2.5 3.5h11v7h-11zM5.5 13.5h5M8 10.5v3',
  users:
    'M6 7.5a2.25 2.25 0 1 0 0-4.5 2.25 2.25 0 0 0 0 4.5M2 13c.4-2.2 2-3.3 4-3.3s3.6 1.1 4 3.3M10.8 3.4a2.2 2.2 0 0 1 0 3.9M11.8 9.9c1.2.4 2 1.5 2.3 3.1',
  book: 'M8 4.2C6.8 3.3 5.2 3 2.5 3v9.5c2.7 0 4.3.3 5.5 1.2 1.2-.9 2.8-1.2 5.5-1.2V3c-2.7 0-4.3.3-5.5 1.2zM8 4.2v9.5',
  external: 'M6.5 3.5h-3v9h9v-3M9.5 3h3.5v3.5M13 3 7.5 8.5',
  sun: 'M8 10.7a2.7 2.7 0 1 0 0-5.4 2.7 2.7 0 0 0 0 5.4M8 1.7v1.3M8 13v1.3M1.7 8H3M13 8h1.3M3.5 3.5l1 1M11.5 11.5l1 1M3.5 12.5l1-1M11.5 4.5l1-1',
  moon: 'M13.2 9.6A5.6 5.6 0 0 1 6.4 2.8a5.6 5.6 0 1 0 6.8 6.8z',
  system: 'M2.5 3h11v7.5h-11zM6 13.5h4',
  menu: 'M2.5 4.5h11M2.5 8h11M2.5 11.5h11',
  close: 'm4 4 8 8M12 4l-8 8',
  search: 'M7 11.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9M10.3 10.3l3.2 3.2',
  plus: 'M8 3v10M3 8h10',
  edit: 'm3 13 .6-2.7 7.2-7.2 2.1 2.1-7.2 7.2zM9.3 4.6l2.1 2.1',
  trash: 'M3 4.5h10M6.5 4.5V3h3v1.5M4.5 4.5l.5 8.5h6l.5-8.5M6.8 7v3.7M9.2 7v3.7',
  signOut: 'M6.5 3h-3.5v10h3.5M10 5l3 3-3 3M13 8H6.5',
  chevronRight: 'm6 3.5 4.5 4.5L6 12.5',
  chevronDown: 'm3.5 6 4.5 4.5L12.5 6',
  chevronLeft: 'M10 3.5 5.5 8l4.5 4.5',
  check: 'm3 8.5 3.2 3.2L13 5',
  alert: 'M8 2.5 14 13H2zM8 6.5v3M8 11.4h.01',
  static: 'M2.5 3h11v10h-11zM2.5 6h11M4.5 4.5h.01M6.3 4.5h.01',
  gateway: 'M8 2v12M3 5.5 8 8l5-2.5M3 10.5 8 8l5 2.5',
  authorization: 'M8 2 3 4v4c0 3 2.2 5 5 6 2.8-1 5-3 5-6V4zM6 8l1.5 1.5L10.3 6.5',
  backend: 'M5.5 4.5 2 8l3.5 3.5M10.5 4.5 14 8l-3.5 3.5',
  service: 'M8 2 13.5 5v6L8 14l-5.5-3V5zM2.5 5 8 8l5.5-3M8 8v6',
  database:
    'M3 4c0-1.1 2.2-2 5-2s5 .9 5 2-2.2 2-5 2-5-.9-5-2M3 4v8c0 1.1 2.2 2 5 2s5-.9 5-2V4M3 8c0 1.1 2.2 2 5 2s5-.9 5-2',
  cache: 'M9 2 3.5 9H8l-1 5 5.5-7H8z',
  storage: 'M2.5 4h11l-1.2 9.5H3.7zM2 4c0-.8 2.7-1.5 6-1.5S14 3.2 14 4',
  audit: 'M4 2.5h8v11H4zM6 5.5h4M6 8h4M6 10.5h2.5',
  releases: 'M2.5 2.5h5l6 6-5 5-6-6zM5 5h.01',
  deployments: 'M8 13.5V5.5M4.5 9 8 5.5 11.5 9M3 2.5h10',
  artifacts: 'M3 5.5h10v8H3zM2.5 2.5h11v3h-11zM6.5 8h3',
  security: 'M8 2 3 4v4c0 3 2.2 5 5 6 2.8-1 5-3 5-6V4z',
  mail: 'M2.5 4h11v8.5h-11zM2.5 4.5 8 9l5.5-4.5',
  key: 'M5.5 10.5a3 3 0 1 0 0-6 3 3 0 0 0 0 6M8.5 7.5h5.5M12 7.5v2.5',
  more: 'M4.1 8a.6.6 0 1 1-1.2 0 .6.6 0 0 1 1.2 0M8.6 8a.6.6 0 1 1-1.2 0 .6.6 0 0 1 1.2 0M13.1 8a.6.6 0 1 1-1.2 0 .6.6 0 0 1 1.2 0',
  copy: 'M6 6h7.5v7.5H6zM10 6V2.5H2.5V10H6',
  download: 'M8 2.5v8M4.5 7.5 8 11l3.5-3.5M3 13.5h10',
  signals: 'M2 8h2.5l1.5-4 3 8 2-6 1 2h2',
  traces: 'M2.5 3.5h7M4.5 6.5h9M6.5 9.5h4M8.5 12.5h5',
  logs: 'M2.5 3h11v10h-11zM5 6l1.5 1.5L5 9M8.5 9.5H11',
  metrics: 'M2.5 2.5v11h11M4.5 10.5l2.5-4 2.5 2 3.5-5',
  objectives:
    'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12M8 10.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5M8 8h.01',
  alerts: 'M3.5 11.5h9L11.5 10V7a3.5 3.5 0 0 0-7 0v3zM6.8 13.5h2.4M8 3.5v-1',
  play: 'M5 3v10l8-5z',
  pause: 'M5.5 3v10M10.5 3v10',
  person: 'M8 8a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5M3 13.5c.5-2.5 2.5-3.7 5-3.7s4.5 1.2 5 3.7',
} as const;

export type IconName = keyof typeof strokes;

/** The stroke of an icon, for drawings that are not HTML. */
export const strokeOf = (name: string): string =>
  name in strokes ? strokes[name as IconName] : strokes.service;

interface IconProps {
  name: IconName;
  /** Edge length in pixels. */
  size?: number;
  sx?: SystemStyleObject<Theme>;
}

export function Icon({ name, size = 16, sx }: IconProps) {
  return (
    <SvgIcon
      viewBox="0 0 16 16"
      aria-hidden
      sx={{ width: size, height: size, fontSize: size, ...sx }}
    >
      <path
        d={strokes[name]}
        fill="none"
        stroke="currentColor"
        strokeWidth="1.3"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </SvgIcon>
  );
}
