// Urges an administrator whom only a password protects to set up a second factor.
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import { useState } from 'react';
import { Link as RouterLink, useLocation } from 'react-router';
import { Icon } from '@/components/icon';
import { useMe } from '@/hooks/use-me';
import { t } from './words';

export function FactorBanner() {
  const me = useMe();
  const { pathname } = useLocation();
  const [closed, setClosed] = useState(false);
  const bare = me.data?.role === 'administrator' && !me.data.mfa;
  if (!bare || closed || pathname === '/security') return null;
  return (
    <Box sx={{ px: { xs: 2, sm: 3, lg: 4 }, pt: 2, maxWidth: 1440, mx: 'auto' }}>
      <Alert
        severity="warning"
        icon={<Icon name="security" size={18} />}
        role="status"
        onClose={() => {
          setClosed(true);
        }}
      >
        {t('bare')}{' '}
        <Link component={RouterLink} to="/security" underline="always">
          {t('enrol')}
        </Link>
      </Alert>
    </Box>
  );
}
