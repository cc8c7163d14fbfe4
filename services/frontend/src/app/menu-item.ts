// How an entry of the menu looks, be it a link or a button.
import type { SystemStyleObject } from '@mui/system';
import type { Theme } from '@mui/material/styles';

export const menuItem = (theme: Theme): SystemStyleObject<Theme> => ({
  display: 'flex',
  alignItems: 'center',
  gap: 1.25,
  minHeight: { xs: 40, md: 32 },
  px: 1.25,
  borderRadius: '7px',
  fontSize: '0.8125rem',
  fontWeight: 500,
  color: theme.vars.palette.text.secondary,
  textDecoration: 'none',
  '&:hover': { backgroundColor: theme.vars.palette.action.hover },
  '&.active': {
    color: theme.vars.palette.text.primary,
    backgroundColor: theme.vars.palette.action.selected,
  },
  '&:focus-visible': { outline: `2px solid ${theme.vars.palette.primary.main}` },
});
