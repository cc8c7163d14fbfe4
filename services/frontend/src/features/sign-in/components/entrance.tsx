// The card on which somebody outside stands: the brand, what this is, the content.
import Box from '@mui/material/Box';
import Paper from '@mui/material/Paper';
import Typography from '@mui/material/Typography';
import type { ReactNode } from 'react';
import { Brand } from '@/components/brand';
import { useTitle } from '@/hooks/use-title';

interface EntranceProps {
  title: string;
  about: string;
  children: ReactNode;
}

export function Entrance({ title, about, children }: EntranceProps) {
  useTitle(title);
  return (
    <Box
      component="main"
      id="content"
      sx={(theme) => ({
        minHeight: '100dvh',
        display: 'grid',
        placeItems: 'center',
        px: 2,
        py: 4,
        backgroundImage: `radial-gradient(${theme.vars.palette.surface.grid} 1.2px, transparent 1.2px)`,
        backgroundSize: '20px 20px',
      })}
    >
      <Paper
        sx={{
          width: '100%',
          maxWidth: 416,
          p: { xs: 2.5, sm: 3.5 },
          display: 'grid',
          gap: 2.5,
          borderRadius: '14px',
        }}
      >
        <Brand size={26} />
        <Box>
          <Typography variant="h1">{title}</Typography>
          <Typography variant="body2" color="textSecondary">
            {about}
          </Typography>
        </Box>
        {children}
      </Paper>
    </Box>
  );
}
