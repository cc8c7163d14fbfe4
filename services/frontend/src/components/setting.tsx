// One part of a page of settings: what it is about beside what it holds.
import Box from '@mui/material/Box';
import Paper from '@mui/material/Paper';
import Typography from '@mui/material/Typography';
import { useId, type ReactNode } from 'react';

interface SettingProps {
  title: string;
  about: ReactNode;
  children: ReactNode;
}

export function Setting({ title, about, children }: SettingProps) {
  const id = useId();
  return (
    <Box
      component="section"
      aria-labelledby={id}
      sx={(theme) => ({
        display: 'grid',
        gridTemplateColumns: { xs: 'minmax(0, 1fr)', lg: '260px minmax(0, 760px)' },
        columnGap: 5,
        rowGap: 1.25,
        py: 3,
        '& + &': { borderTop: `1px solid ${theme.vars.palette.divider}` },
        '&:first-of-type': { pt: 0 },
      })}
    >
      <Box>
        <Typography id={id} variant="h2">
          {title}
        </Typography>
        <Typography variant="body2" component="div" color="textSecondary" sx={{ mt: 0.5 }}>
          {about}
        </Typography>
      </Box>
      <Box sx={{ minWidth: 0 }}>{children}</Box>
    </Box>
  );
}

/** Rows of a setting, with a line of deeds under them. */
export function SettingBox({ children, foot }: { children?: ReactNode; foot?: ReactNode }) {
  return (
    <Paper sx={{ overflow: 'hidden' }}>
      {children}
      {foot !== undefined && (
        <Box
          sx={(theme) => ({
            display: 'flex',
            flexWrap: 'wrap',
            alignItems: 'center',
            gap: 1,
            px: 2,
            py: 1.25,
            borderTop: `1px solid ${theme.vars.palette.divider}`,
            '&:first-of-type': { borderTop: 0 },
            backgroundColor: theme.vars.palette.surface.sunken,
          })}
        >
          {foot}
        </Box>
      )}
    </Paper>
  );
}
