// The theme: both colour schemes as CSS variables, chosen by an attribute of the document.
import { createTheme } from '@mui/material/styles';
import type {} from '@mui/material/themeCssVarsAugmentation';
import { components } from './components';
import { dark, light } from './palette';
import { typography } from './typography';

/** Where the browser remembers the chosen scheme; public/color-scheme.js reads the same key. */
export const modeStorageKey = 'groundplan-mode';

export const theme = createTheme({
  cssVariables: { colorSchemeSelector: '[data-scheme="%s"]', nativeColor: false },
  colorSchemes: { light: { palette: light }, dark: { palette: dark } },
  typography,
  components,
  shape: { borderRadius: 8 },
  breakpoints: { values: { xs: 0, sm: 600, md: 900, lg: 1200, xl: 1600 } },
});
