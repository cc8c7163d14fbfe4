// The frame of a page: its title for people and for the tab, its actions, its width.
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import type { ReactNode } from 'react';
import { useTitle } from '@/hooks/use-title';

interface PageProps {
  title: string;
  /** What stands above the title, like the way back to a list. */
  above?: ReactNode;
  /** A line under the title. */
  summary?: ReactNode;
  /** What stands right beside the title, like a state. */
  beside?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}

export function Page({ title, above, summary, beside, actions, children }: PageProps) {
  useTitle(title);
  return (
    <Box sx={{ px: { xs: 2, sm: 3, lg: 4 }, py: { xs: 2, sm: 3 }, maxWidth: 1440, mx: 'auto' }}>
      {above}
      <Box
        component="header"
        sx={{ display: 'flex', flexWrap: 'wrap', gap: 1.5, alignItems: 'center', mb: 2.5 }}
      >
        <Box sx={{ flexGrow: 1, minWidth: 0 }}>
          <Box sx={{ display: 'flex', flexWrap: 'wrap', columnGap: 1.25, alignItems: 'center' }}>
            <Typography variant="h1" sx={{ minWidth: 0, overflowWrap: 'anywhere' }}>
              {title}
            </Typography>
            {beside}
          </Box>
          {summary !== undefined && (
            <Typography variant="body2" component="div" color="textSecondary" sx={{ mt: 0.25 }}>
              {summary}
            </Typography>
          )}
        </Box>
        {actions}
      </Box>
      {children}
    </Box>
  );
}
