// The menu: places, the API's documentation, the caller and the colours.
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { NavLink } from 'react-router';
import { Brand } from '@/components/brand';
import { Icon } from '@/components/icon';
import { account, apiDocs, placeLabel, places, type Place } from '@/config/navigation';
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
      <Box component="nav" aria-label={t('places')} sx={{ display: 'grid', gap: '2px' }}>
        {places.map((place) => (
          <PlaceLink key={place.to} place={place} />
        ))}
        <Box component="a" href={apiDocs} target="_blank" rel="noreferrer" sx={menuItem}>
          <Icon name="book" />
          {t('api')}
          <Icon name="external" size={13} sx={{ ml: 'auto', opacity: 0.6 }} />
        </Box>
        <Typography variant="caption" color="textSecondary" sx={{ px: 1.25, pt: 2, pb: 0.5 }}>
          {t('access')}
        </Typography>
        {account
          .filter((place) => place.administrators !== true || administrator)
          .filter((place) => place.mails !== true || mails)
          .map((place) => (
            <PlaceLink key={place.to} place={place} />
          ))}
      </Box>
      <Box sx={{ mt: 'auto', display: 'flex', alignItems: 'center', gap: 0.5 }}>
        <AccountMenu />
        <ModeToggle />
      </Box>
    </Box>
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
