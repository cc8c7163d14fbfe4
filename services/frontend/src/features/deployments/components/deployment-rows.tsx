// Deployments as rows, latest first.
import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import Paper from '@mui/material/Paper';
import Typography from '@mui/material/Typography';
import { Link as RouterLink } from 'react-router';
import { Age } from '@/components/age';
import { HealthMark } from '@/components/health-mark';
import { deploymentMark, subjectOf, type Deployment } from '@/lib/delivery';
import { t } from '../words';

interface DeploymentRowsProps {
  deployments: readonly Deployment[];
  /** Leave out what only a wide list has room for. */
  brief?: boolean;
}

export function DeploymentRows({ deployments, brief = false }: DeploymentRowsProps) {
  return (
    <Paper component="ul" sx={{ listStyle: 'none', m: 0, p: 0 }}>
      {deployments.map((deployment) => (
        <Row key={deployment.id} deployment={deployment} brief={brief} />
      ))}
    </Paper>
  );
}

const columns = '152px minmax(160px, 1fr) minmax(0, 1.4fr) 84px';

function Row({ deployment, brief }: { deployment: Deployment; brief: boolean }) {
  const mark = deploymentMark(deployment);
  return (
    <Box
      component="li"
      sx={(theme) => ({
        display: 'grid',
        gridTemplateColumns: brief ? '1fr auto' : { xs: '1fr auto', md: columns },
        columnGap: 2,
        rowGap: 0.25,
        alignItems: 'center',
        px: 2,
        py: 1.25,
        position: 'relative',
        '&:hover': { backgroundColor: theme.vars.palette.action.hover },
        '& + &': { borderTop: `1px solid ${theme.vars.palette.divider}` },
      })}
    >
      <Box sx={{ gridRow: brief ? 2 : { xs: 2, md: 1 }, gridColumn: 1 }}>
        <HealthMark health={mark.health} label={mark.label} />
      </Box>
      <Link
        component={RouterLink}
        to={`/deployments/${deployment.id}`}
        color="textPrimary"
        sx={{
          fontWeight: 550,
          minWidth: 0,
          overflowWrap: 'anywhere',
          '&::after': { content: '""', position: 'absolute', inset: 0 },
        }}
      >
        {t('to', { subject: subjectOf(deployment), environment: deployment.environment })}
      </Link>
      <Typography
        variant="body2"
        color="textSecondary"
        noWrap
        sx={{
          minWidth: 0,
          ...(brief && { display: 'none' }),
          gridRow: { xs: 3, md: 1 },
          gridColumn: { xs: '1 / -1', md: 3 },
        }}
      >
        {about(deployment)}
      </Typography>
      <Typography
        variant="caption"
        color="textSecondary"
        sx={{
          textAlign: 'right',
          zIndex: 1,
          gridRow: brief ? 2 : { xs: 2, md: 1 },
          gridColumn: brief ? 2 : { xs: 2, md: 4 },
        }}
      >
        <Age value={deployment.created_at} />
      </Typography>
    </Box>
  );
}

function about({ reason, note, requested_by: name }: Deployment): string {
  const words = reason === '' ? note : reason;
  const who = name === null ? [] : [t('by', { name })];
  return [...(words === '' ? [] : [words]), ...who].join(' · ');
}
