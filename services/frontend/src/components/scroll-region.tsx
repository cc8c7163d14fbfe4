// Content that may be wider than its place: it scrolls, with the keyboard too.
import Box from '@mui/material/Box';
import type { SystemStyleObject } from '@mui/system';
import type { Theme } from '@mui/material/styles';
import type { ReactNode } from 'react';

interface ScrollRegionProps {
  label: string;
  sx?: SystemStyleObject<Theme>;
  children: ReactNode;
}

export function ScrollRegion({ label, sx, children }: ScrollRegionProps) {
  return (
    <Box
      role="region"
      aria-label={label}
      tabIndex={0}
      sx={(theme) => ({
        overflowX: 'auto',
        '&:focus-visible': { outline: `2px solid ${theme.vars.palette.primary.main}` },
        ...sx,
      })}
    >
      {children}
    </Box>
  );
}
