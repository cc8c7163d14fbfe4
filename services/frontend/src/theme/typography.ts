// The type scale: 13 px text, few sizes, weight before size. `mono` is for what machines read.
import type { ThemeOptions } from '@mui/material/styles';

const sans =
  "'Inter Variable', ui-sans-serif, system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif";

export const mono =
  "'Geist Mono Variable', ui-monospace, SFMono-Regular, Menlo, Consolas, monospace";

const px = (size: number): string => `${String(size / 16)}rem`;

export const typography: NonNullable<ThemeOptions['typography']> = {
  fontFamily: sans,
  h1: { fontSize: px(20), fontWeight: 600, lineHeight: 1.3, letterSpacing: '-0.014em' },
  h2: { fontSize: px(15), fontWeight: 600, lineHeight: 1.4, letterSpacing: '-0.008em' },
  h3: { fontSize: px(13), fontWeight: 600, lineHeight: 1.45 },
  body1: { fontSize: px(13.5), lineHeight: 1.55 },
  body2: { fontSize: px(13), lineHeight: 1.5 },
  caption: { fontSize: px(12), lineHeight: 1.45 },
  overline: {
    fontSize: px(11),
    fontWeight: 600,
    lineHeight: 1.5,
    letterSpacing: '0.05em',
    textTransform: 'uppercase',
  },
  button: { fontSize: px(13), fontWeight: 550, textTransform: 'none', letterSpacing: 0 },
};
