// The routes of a service: the path, who may read and write, its own limit.
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { Code } from '@/components/facts';
import type { Service } from '@/lib/catalog';
import { span } from '@/lib/time';

type Route = Service['routes'][number];

export function RouteTable({ routes }: { routes: readonly Route[] }) {
  return (
    <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0, display: 'grid', gap: 0.75 }}>
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

function accessOf(route: Route): string {
  if (route.auth === 'none') return 'open to everyone';
  const roles = route.roles;
  if (roles == null) return 'signed in';
  if (roles.read === roles.write) return `${roles.read} and above`;
  return `read: ${roles.read}, write: ${roles.write}`;
}

function limitOf(route: Route): string {
  const limit = route.limit;
  if (limit == null) return '';
  return ` · ${String(limit.requests)} requests in ${span(limit.per_seconds)}`;
}
