// The routes of a service: the path, who may read and write, its own limit.
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { Code } from '@/components/facts';
import { span } from '@/lib/time';
import type { Route } from '../facts';
import { t } from '../words';

export function RouteTable({ routes }: { routes: readonly Route[] }) {
  return (
    <Box
      component="ul"
      sx={{
        listStyle: 'none',
        m: 0,
        p: 0,
        display: 'grid',
        gap: '10px 24px',
        gridTemplateColumns: 'repeat(auto-fill, minmax(min(280px, 100%), 1fr))',
      }}
    >
      {routes.map((route) => (
        <Box component="li" key={route.path}>
          <Box sx={{ fontSize: '0.8125rem', overflowWrap: 'anywhere' }}>
            <Code>{route.path}</Code>
          </Box>
          <Typography variant="caption" color="textSecondary">
            {accessOf(route)}
            {limitOf(route)}
          </Typography>
        </Box>
      ))}
    </Box>
  );
}

function accessOf({ auth, roles }: Route): string {
  if (auth === 'none') return t('openToAll');
  if (roles === undefined) return t('signedIn');
  if (roles.read === 'administrator') return t('administrators');
  if (roles.read === roles.write) return t('andAbove', { role: roles.read });
  return t('readWrite', roles);
}

function limitOf({ limit }: Route): string {
  if (limit == null) return '';
  return ` · ${t('routeLimit', { requests: limit.requests, span: span(limit.per) })}`;
}
