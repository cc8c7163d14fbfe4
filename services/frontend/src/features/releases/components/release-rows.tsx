// Releases as rows: what, from which commit, by whom, and where it is live.
import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import Paper from '@mui/material/Paper';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import Typography from '@mui/material/Typography';
import { Link as RouterLink } from 'react-router';
import { Age } from '@/components/age';
import { Code } from '@/components/facts';
import { HealthMark } from '@/components/health-mark';
import { useDeliveryEnvironments } from '@/hooks/use-delivery';
import { short, type DeliveryEnvironment, type Release } from '@/lib/delivery';
import { placesOf } from '../placement';
import { t } from '../words';

const wideOnly = { display: { xs: 'none', md: 'table-cell' } };

export function ReleaseRows({ releases }: { releases: readonly Release[] }) {
  const environments = useDeliveryEnvironments().data?.items ?? [];
  return (
    <Paper sx={{ overflow: 'hidden' }}>
      <Table aria-label={t('title')}>
        <TableHead>
          <TableRow>
            <TableCell>{t('version')}</TableCell>
            <TableCell>{t('runsIn')}</TableCell>
            <TableCell sx={wideOnly}>{t('commit')}</TableCell>
            <TableCell sx={wideOnly}>{t('builtBy')}</TableCell>
            <TableCell align="right">{t('built')}</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {releases.map((release) => (
            <Row key={release.id} release={release} environments={environments} />
          ))}
        </TableBody>
      </Table>
    </Paper>
  );
}

interface RowProps {
  release: Release;
  environments: readonly DeliveryEnvironment[];
}

function Row({ release, environments }: RowProps) {
  const places = placesOf(release.id, environments);
  return (
    <TableRow hover>
      <TableCell sx={{ overflowWrap: 'anywhere' }}>
        <Link
          component={RouterLink}
          to={`/releases/${release.id}`}
          color="textPrimary"
          sx={{ fontWeight: 550 }}
        >
          {release.service} {release.version}
        </Link>
        <Typography variant="caption" component="div" color="textSecondary">
          <Code>{short(release.digest)}</Code>
        </Typography>
      </TableCell>
      <TableCell>
        <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 0.5 }}>
          {places.map(({ environment }) => (
            <HealthMark key={environment} badge health="good" label={environment} />
          ))}
          {places.length === 0 && <span>–</span>}
        </Box>
      </TableCell>
      <TableCell sx={wideOnly}>
        {release.commit === null ? '–' : <Code>{short(release.commit)}</Code>}
      </TableCell>
      <TableCell sx={{ ...wideOnly, overflowWrap: 'anywhere' }}>{release.built_by}</TableCell>
      <TableCell align="right" sx={{ whiteSpace: 'nowrap' }}>
        <Age value={release.built_at} />
      </TableCell>
    </TableRow>
  );
}
