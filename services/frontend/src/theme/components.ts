// How MUI's components look here: flat, bordered, dense, with one visible focus ring for all.
import type { Components, Theme } from '@mui/material/styles';

const focusRing = (theme: Theme) => ({
  outline: `2px solid ${theme.vars.palette.primary.main}`,
  outlineOffset: 2,
});

const surfaces: Components<Theme> = {
  MuiPaper: {
    defaultProps: { elevation: 0 },
    styleOverrides: {
      root: ({ theme }) => ({
        backgroundImage: 'none',
        border: `1px solid ${theme.vars.palette.divider}`,
      }),
    },
  },
  MuiDrawer: { styleOverrides: { paper: { borderWidth: 0 } } },
  MuiDialog: { styleOverrides: { paper: { borderRadius: 12 } } },
  MuiDialogTitle: { styleOverrides: { root: { fontSize: '1rem', fontWeight: 600 } } },
  MuiDialogActions: { styleOverrides: { root: { padding: '8px 24px 20px' } } },
  MuiMenu: {
    styleOverrides: {
      paper: { borderRadius: 8, boxShadow: '0 8px 28px rgb(0 0 0 / 0.16)', marginTop: 4 },
    },
  },
  MuiAlert: {
    defaultProps: { variant: 'outlined' },
    styleOverrides: { root: { padding: '4px 12px', alignItems: 'flex-start' } },
  },
  MuiTooltip: {
    defaultProps: { enterDelay: 400, arrow: false },
    styleOverrides: {
      tooltip: ({ theme }) => ({
        fontSize: '0.75rem',
        fontWeight: 450,
        color: theme.vars.palette.background.paper,
        backgroundColor: theme.vars.palette.text.primary,
      }),
    },
  },
};

const controls: Components<Theme> = {
  MuiButtonBase: {
    defaultProps: { disableRipple: true },
    styleOverrides: {
      root: ({ theme }) => ({ '&.Mui-focusVisible': focusRing(theme) }),
    },
  },
  MuiButton: {
    defaultProps: { disableElevation: true, size: 'small' },
    styleOverrides: {
      root: { borderRadius: 7, padding: '5px 12px', minHeight: 32 },
      outlined: ({ theme }) => ({
        borderColor: theme.vars.palette.divider,
        color: theme.vars.palette.text.primary,
      }),
    },
  },
  MuiIconButton: {
    defaultProps: { size: 'small' },
    styleOverrides: { root: { borderRadius: 7, width: 32, height: 32 } },
  },
  MuiToggleButton: {
    styleOverrides: {
      root: ({ theme }) => ({
        padding: '5px 12px',
        borderColor: theme.vars.palette.divider,
        color: theme.vars.palette.text.secondary,
        '&.Mui-selected': { color: theme.vars.palette.text.primary },
      }),
    },
  },
  MuiMenuItem: { styleOverrides: { root: { fontSize: '0.8125rem', minHeight: 34 } } },
  MuiLink: {
    defaultProps: { underline: 'hover' },
    styleOverrides: {
      root: ({ theme }) => ({ borderRadius: 3, '&:focus-visible': focusRing(theme) }),
    },
  },
};

// Labels stand above their fields, always readable, instead of floating in and out of them.
const fields: Components<Theme> = {
  MuiTextField: { defaultProps: { size: 'small', fullWidth: true } },
  MuiInputLabel: {
    defaultProps: { shrink: true },
    styleOverrides: {
      root: ({ theme }) => ({
        position: 'static',
        transform: 'none',
        marginBottom: 5,
        fontSize: '0.75rem',
        fontWeight: 500,
        color: theme.vars.palette.text.secondary,
      }),
    },
  },
  MuiFormHelperText: { styleOverrides: { root: { marginLeft: 0 } } },
  MuiOutlinedInput: {
    defaultProps: { notched: false },
    styleOverrides: {
      root: ({ theme }) => ({
        borderRadius: 7,
        fontSize: '0.84375rem',
        backgroundColor: theme.vars.palette.background.paper,
        '& .MuiOutlinedInput-notchedOutline': { borderColor: theme.vars.palette.surface.outline },
      }),
      input: { height: 20, padding: '7px 11px' },
      multiline: { padding: 0 },
      notchedOutline: { top: 0, '& legend': { display: 'none' } },
    },
  },
};

const data: Components<Theme> = {
  MuiTableCell: {
    styleOverrides: {
      root: ({ theme }) => ({
        padding: '9px 16px',
        borderColor: theme.vars.palette.divider,
      }),
      head: ({ theme }) => ({
        padding: '6px 16px',
        lineHeight: 1.6,
        fontSize: '0.75rem',
        fontWeight: 500,
        color: theme.vars.palette.text.secondary,
        backgroundColor: theme.vars.palette.surface.sunken,
      }),
    },
  },
  MuiTableRow: {
    styleOverrides: {
      root: { '&:last-child td, &:last-child th[scope=row]': { borderBottom: 0 } },
    },
  },
  MuiSkeleton: { defaultProps: { animation: 'pulse' } },
  MuiChip: {
    defaultProps: { size: 'small' },
    styleOverrides: {
      root: ({ theme }) => ({
        height: 22,
        borderRadius: 6,
        borderColor: theme.vars.palette.divider,
        backgroundColor: theme.vars.palette.surface.sunken,
      }),
      label: { padding: '0 7px' },
    },
  },
};

// Who asked the system for less motion gets each change at once; only what shows that work goes on
// still turns. A moment is left of each transition, because its end is an event that MUI waits for.
const motion: Components<Theme> = {
  MuiCssBaseline: {
    styleOverrides: {
      '@media (prefers-reduced-motion: reduce)': {
        '*, *::before, *::after': {
          transitionDuration: '0.01ms !important',
          transitionDelay: '0s !important',
        },
        '.MuiSkeleton-root': { animation: 'none !important' },
      },
    },
  },
};

export const components: Components<Theme> = {
  ...surfaces,
  ...controls,
  ...fields,
  ...data,
  ...motion,
};
