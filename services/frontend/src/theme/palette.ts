// Every colour of the console, light and dark. Text on its ground reaches AA (4.5:1) in both.
import type { PaletteOptions } from '@mui/material/styles';

/** A colour of a component's state: `main` for marks and text, `soft` for the ground behind it. */
export interface StateColor {
  main: string;
  soft: string;
}

export interface StateColors {
  good: StateColor;
  busy: StateColor;
  warn: StateColor;
  bad: StateColor;
  idle: StateColor;
}

/** Lines of charts and bars of services, told apart by colour; each reaches 3:1 on its ground. */
export interface SeriesColors {
  blue: string;
  teal: string;
  amber: string;
  violet: string;
  rose: string;
  green: string;
  cyan: string;
  slate: string;
}

/** Grounds above and below the page, the drawing's dots, the outline of fields (3:1). */
export interface SurfaceColors {
  raised: string;
  sunken: string;
  grid: string;
  outline: string;
}

declare module '@mui/material/styles' {
  interface Palette {
    state: StateColors;
    surface: SurfaceColors;
    series: SeriesColors;
  }
  interface PaletteOptions {
    state: StateColors;
    surface: SurfaceColors;
    series: SeriesColors;
  }
}

export const light: PaletteOptions = {
  primary: { main: '#2353d4', dark: '#1b43ad', light: '#e8eefd', contrastText: '#ffffff' },
  error: { main: '#c22f2f' },
  warning: { main: '#96590a' },
  success: { main: '#18794e' },
  info: { main: '#2353d4' },
  background: { default: '#f7f8fa', paper: '#ffffff' },
  text: { primary: '#14171f', secondary: '#5a6172', disabled: '#9097a6' },
  divider: '#e4e7ed',
  action: { hover: 'rgba(20, 23, 31, 0.045)', selected: 'rgba(20, 23, 31, 0.07)' },
  surface: { raised: '#ffffff', sunken: '#f1f3f6', grid: '#dfe3ea', outline: '#868d9b' },
  series: {
    blue: '#2f6bde',
    teal: '#0c8577',
    amber: '#b3700a',
    violet: '#7c51d6',
    rose: '#c2386f',
    green: '#3f8a2e',
    cyan: '#0f7fa8',
    slate: '#5f6b80',
  },
  state: {
    good: { main: '#18794e', soft: '#e4f4ec' },
    busy: { main: '#2353d4', soft: '#e8eefd' },
    warn: { main: '#96590a', soft: '#fdf1dc' },
    bad: { main: '#c22f2f', soft: '#fdeaea' },
    idle: { main: '#646b7a', soft: '#eef0f3' },
  },
};

export const dark: PaletteOptions = {
  primary: { main: '#8aabff', dark: '#6b92f5', light: '#1a2440', contrastText: '#0b0d12' },
  error: { main: '#ff8585' },
  warning: { main: '#f0b45b' },
  success: { main: '#4cc38a' },
  info: { main: '#8aabff' },
  background: { default: '#0b0d12', paper: '#12151c' },
  text: { primary: '#eceef3', secondary: '#9aa2b3', disabled: '#626a7b' },
  divider: '#232833',
  action: { hover: 'rgba(236, 238, 243, 0.055)', selected: 'rgba(236, 238, 243, 0.09)' },
  surface: { raised: '#161a22', sunken: '#0e1117', grid: '#1d222c', outline: '#5d6576' },
  series: {
    blue: '#7aa5ff',
    teal: '#3fc1b0',
    amber: '#e3a74a',
    violet: '#b197ff',
    rose: '#f27fa9',
    green: '#8fce72',
    cyan: '#58c1ea',
    slate: '#9aa6bb',
  },
  state: {
    good: { main: '#4cc38a', soft: '#10261d' },
    busy: { main: '#8aabff', soft: '#1a2440' },
    warn: { main: '#f0b45b', soft: '#2c2211' },
    bad: { main: '#ff8585', soft: '#331718' },
    idle: { main: '#8b93a4', soft: '#1c212a' },
  },
};
