// The way back to the list that a page belongs to.
import Link from '@mui/material/Link';
import { Link as RouterLink } from 'react-router';
import { Icon } from './icon';

export function BackLink({ to, children }: { to: string; children: string }) {
  return (
    <Link
      component={RouterLink}
      to={to}
      color="textSecondary"
      sx={{ display: 'inline-flex', alignItems: 'center', gap: 0.5, mb: 1, fontSize: '0.8125rem' }}
    >
      <Icon name="chevronLeft" size={13} />
      {children}
    </Link>
  );
}
