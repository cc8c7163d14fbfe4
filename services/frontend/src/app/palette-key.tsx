// Opens the command palette, by key or by button; its code is loaded when it is first wanted.
import Box from '@mui/material/Box';
import ButtonBase from '@mui/material/ButtonBase';
import Typography from '@mui/material/Typography';
import { lazy, Suspense, useEffect, useState } from 'react';
import { Icon } from '@/components/icon';
import { menuItem } from './menu-item';
import { t } from './words';

const CommandPalette = lazy(() => import('./command-palette'));

const apple = /Mac|iPhone|iPad/.test(navigator.userAgent);
/** As they stand on the keyboard, in every language. */
const keys = apple ? '⌘ K' : 'Ctrl K';

export function PaletteKey() {
  const [open, setOpen] = useState(false);
  useEffect(() => {
    function hear(event: KeyboardEvent): void {
      if (event.key.toLowerCase() !== 'k' || !(apple ? event.metaKey : event.ctrlKey)) return;
      event.preventDefault();
      setOpen((before) => !before);
    }
    window.addEventListener('keydown', hear);
    return () => {
      window.removeEventListener('keydown', hear);
    };
  }, []);

  return (
    <>
      <Box
        component={ButtonBase}
        aria-haspopup="dialog"
        onClick={() => {
          setOpen(true);
        }}
        sx={menuItem}
      >
        <Icon name="search" />
        {t('search')}
        <Typography variant="caption" component="kbd" color="textSecondary" sx={{ ml: 'auto' }}>
          {keys}
        </Typography>
      </Box>
      {open && (
        <Suspense>
          <CommandPalette
            onClose={() => {
              setOpen(false);
            }}
          />
        </Suspense>
      )}
    </>
  );
}
