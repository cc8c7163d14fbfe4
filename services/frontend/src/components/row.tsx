// A row of a list: a mark, a name with what belongs to it, a quiet line, and what can be done.
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import type { ReactNode } from 'react';
import { Icon, type IconName } from './icon';

interface RowProps {
  icon?: IconName;
  name: ReactNode;
  /** Marks right beside the name. */
  beside?: ReactNode;
  /** The quiet line below. */
  about: ReactNode;
  /** What can be done with it. */
  children?: ReactNode;
}

export function Row({ icon, name, beside, about, children }: RowProps) {
  return (
    <Box
      component="li"
      sx={(theme) => ({
        display: 'flex',
        flexWrap: 'wrap',
        alignItems: 'center',
        columnGap: 1.75,
        rowGap: 1,
        px: 2,
        py: 1.25,
        '& + &': { borderTop: `1px solid ${theme.vars.palette.divider}` },
      })}
    >
      {icon !== undefined && (
        <Icon name={icon} size={18} sx={{ color: 'text.secondary', flexShrink: 0 }} />
      )}
      <Box sx={{ flex: '1 1 150px', minWidth: 0 }}>
        <Box sx={{ display: 'flex', flexWrap: 'wrap', columnGap: 1, alignItems: 'center' }}>
          <Typography
            variant="body2"
            component="span"
            sx={{ fontWeight: 550, overflowWrap: 'anywhere' }}
          >
            {name}
          </Typography>
          {beside}
        </Box>
        <Typography
          variant="caption"
          component="div"
          color="textSecondary"
          sx={{ overflowWrap: 'anywhere' }}
        >
          {about}
        </Typography>
      </Box>
      {children !== undefined && (
        <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, alignItems: 'center' }}>
          {children}
        </Box>
      )}
    </Box>
  );
}

/** The list around rows. */
export function Rows({ children, label }: { children: ReactNode; label?: string }) {
  return (
    <Box component="ul" aria-label={label} sx={{ listStyle: 'none', m: 0, p: 0 }}>
      {children}
    </Box>
  );
}
