// The routes of a service: the path, who may read and write, its own limit.
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { Code } from '@/components/facts';
import { span } from '@/lib/time';
import type { Route } from '../facts';

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
  if (auth === 'none') return 'open to everyone';
  if (roles === undefined) return 'signed in';
  if (roles.read === 'administrator') return 'administrators';
  if (roles.read === roles.write) return `${roles.read}s and above`;
  return `read: ${roles.read}, write: ${roles.write}`;
}

function limitOf({ limit }: Route): string {
  return limit == null ? '' : ` · ${String(limit.requests)} requests in ${span(limit.per)}`;
}
