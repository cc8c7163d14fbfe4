// The frame around every page: skip link, the menu (a drawer on phones), the page itself.
import Box from '@mui/material/Box';
import Drawer from '@mui/material/Drawer';
import IconButton from '@mui/material/IconButton';
import useMediaQuery from '@mui/material/useMediaQuery';
import type { Theme } from '@mui/material/styles';
import { useState, type ReactNode } from 'react';
import { useLocation } from 'react-router';
import { Brand } from '@/components/brand';
import { Icon } from '@/components/icon';
import { FactorBanner } from './factor-banner';
import { Navigation } from './navigation';
import { t } from './words';

const menuWidth = 224;

export function Shell({ children }: { children: ReactNode }) {
  const wide = useMediaQuery((theme: Theme) => theme.breakpoints.up('md'), { noSsr: true });
  return (
    <Box sx={{ display: 'flex', flexDirection: wide ? 'row' : 'column', minHeight: '100dvh' }}>
      <SkipLink />
      {wide ? <SideMenu /> : <TopBar />}
      <Box
        component="main"
        id="content"
        tabIndex={-1}
        sx={{ flexGrow: 1, minWidth: 0, outline: 0 }}
      >
        <FactorBanner />
        {children}
      </Box>
    </Box>
  );
}

function SideMenu() {
  return (
    <Box
      component="header"
      sx={(theme) => ({
        width: menuWidth,
        flexShrink: 0,
        position: 'sticky',
        top: 0,
        height: '100dvh',
        borderRight: `1px solid ${theme.vars.palette.divider}`,
        backgroundColor: theme.vars.palette.surface.sunken,
      })}
    >
      <Navigation />
    </Box>
  );
}

function TopBar() {
  // The menu is open on the page where it was opened: going to another page closes it.
  const [openAt, setOpenAt] = useState<string | null>(null);
  const { pathname } = useLocation();
  return (
    <Box
      component="header"
      sx={(theme) => ({
        position: 'sticky',
        top: 0,
        zIndex: theme.zIndex.appBar,
        display: 'flex',
        alignItems: 'center',
        gap: 1,
        height: 52,
        px: 1.5,
        borderBottom: `1px solid ${theme.vars.palette.divider}`,
        backgroundColor: theme.vars.palette.surface.sunken,
      })}
    >
      <IconButton
        aria-label={t('openMenu')}
        onClick={() => {
          setOpenAt(pathname);
        }}
      >
        <Icon name="menu" size={18} />
      </IconButton>
      <Brand size={20} />
      <Drawer
        open={openAt === pathname}
        onClose={() => {
          setOpenAt(null);
        }}
        slotProps={{ paper: { sx: { width: 272 }, 'aria-label': t('menu') } }}
      >
        <Navigation />
      </Drawer>
    </Box>
  );
}

function SkipLink() {
  return (
    <Box
      component="a"
      href="#content"
      sx={(theme) => ({
        position: 'absolute',
        left: 12,
        top: -48,
        zIndex: theme.zIndex.tooltip,
        px: 2,
        py: 1,
        borderRadius: 1,
        color: theme.vars.palette.primary.contrastText,
        backgroundColor: theme.vars.palette.primary.main,
        '&:focus': { top: 12 },
      })}
    >
      {t('skip')}
    </Box>
  );
}
