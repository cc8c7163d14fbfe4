// The menu: places, the API's documentation, the caller and the colours.
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { NavLink } from 'react-router';
import { Brand } from '@/components/brand';
import { Icon } from '@/components/icon';
import { account, apiDocs, placeLabel, places, signals, type Place } from '@/config/navigation';
import { usePlatform } from '@/hooks/use-catalog';
import { useKeepsMails } from '@/hooks/use-mails';
import { useHolds } from '@/hooks/use-session';
import { AccountMenu } from './account-menu';
import { ModeToggle } from './mode-toggle';
import { menuItem } from './menu-item';
import { PaletteKey } from './palette-key';
import { t } from './words';

export function Navigation() {
  const administrator = useHolds('administrator');
  const platform = usePlatform();
  const mails = useKeepsMails();
  return (
    <Box sx={{ display: 'flex', flexDirection: 'column', height: '100%', p: 1.5 }}>
      <Box sx={{ px: 1, pt: 0.5, pb: 2 }}>
        <Brand />
        <Typography variant="caption" component="div" color="textSecondary" sx={{ mt: 0.75 }}>
          {platform.data === undefined
            ? ' '
            : `${platform.data.name} · ${platform.data.environment}`}
        </Typography>
      </Box>
      <PaletteKey />
      <Box
        component="nav"
        aria-label={t('places')}
        sx={{
          display: 'grid',
          alignContent: 'start',
          gap: '2px',
          flexGrow: 1,
          minHeight: 0,
          overflowY: 'auto',
          // Focus rings of the links are not cut at the edges.
          mx: -0.5,
          px: 0.5,
        }}
      >
        {places.map((place) => (
          <PlaceLink key={place.to} place={place} />
        ))}
        <Box component="a" href={apiDocs} target="_blank" rel="noreferrer" sx={menuItem}>
          <Icon name="book" />
          {t('api')}
          <Icon name="external" size={13} sx={{ ml: 'auto', opacity: 0.6 }} />
        </Box>
        <Heading>{t('signals')}</Heading>
        {signals.map((place) => (
          <PlaceLink key={place.to} place={place} />
        ))}
        <Heading>{t('access')}</Heading>
        {account
          .filter((place) => place.administrators !== true || administrator)
          .filter((place) => place.mails !== true || mails)
          .map((place) => (
            <PlaceLink key={place.to} place={place} />
          ))}
      </Box>
      <Box sx={{ pt: 1, display: 'flex', alignItems: 'center', gap: 0.5 }}>
        <AccountMenu />
        <ModeToggle />
      </Box>
    </Box>
  );
}

function Heading({ children }: { children: string }) {
  return (
    <Typography variant="caption" color="textSecondary" sx={{ px: 1.25, pt: 1.5, pb: 0.5 }}>
      {children}
    </Typography>
  );
}

function PlaceLink({ place }: { place: Place }) {
  return (
    <Box component={NavLink} to={place.to} end={place.to === '/'} sx={menuItem}>
      <Icon name={place.icon} />
      {placeLabel(place)}
    </Box>
  );
}
