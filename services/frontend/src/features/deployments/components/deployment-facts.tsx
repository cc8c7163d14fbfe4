// What a deployment consists of: its builds before and after, decisions, files, who and when.
import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import Typography from '@mui/material/Typography';
import { Link as RouterLink } from 'react-router';
import { Age } from '@/components/age';
import { Code, Facts, type Fact } from '@/components/facts';
import { HealthMark } from '@/components/health-mark';
import { Section } from '@/components/section';
import { short, type DeploymentDetail, type Release } from '@/lib/delivery';
import { t } from '../words';

export function DeploymentFacts({ deployment }: { deployment: DeploymentDetail }) {
  return (
    <>
      {deployment.releases.length > 0 && (
        <Section title={t('releases')}>
          {deployment.releases.map(({ service, release, previous }) => (
            <Box key={service} sx={{ mb: 1 }}>
              <Typography variant="body2" sx={{ fontWeight: 550 }}>
                {service}
              </Typography>
              <Facts
                facts={[
                  [t('is'), <Build key="is" release={release} />],
                  [t('was'), <Build key="was" release={previous} />],
                ]}
              />
            </Box>
          ))}
        </Section>
      )}
      <Approvals deployment={deployment} />
      <Artifacts deployment={deployment} />
      <Section title={t('facts')}>
        <Facts facts={factsOf(deployment)} />
      </Section>
    </>
  );
}

function Build({ release }: { release: Release | null }) {
  if (release === null) return <>{t('nothing')}</>;
  return (
    <>
      <Link component={RouterLink} underline="always" to={`/releases/${release.id}`}>
        {release.version}
      </Link>{' '}
      <Code>{short(release.digest)}</Code>
    </>
  );
}

function Approvals({ deployment }: { deployment: DeploymentDetail }) {
  const { approvals, approved: given, approvals_required: required } = deployment;
  if (required === 0 && approvals.length === 0) return null;
  return (
    <Section title={`${t('approvals')} · ${t('approvalCount', { given, required })}`}>
      {approvals.map(({ by, decision, note, at }) => (
        <Box key={`${by} ${at}`} sx={{ mb: 0.5 }}>
          <HealthMark
            health={decision === 'approve' ? 'good' : 'bad'}
            label={t(decision === 'approve' ? 'approved' : 'rejected')}
          />{' '}
          <Typography variant="caption" color="textSecondary">
            {t('by', { name: by })} · <Age value={at} />
          </Typography>
          {note !== '' && <Typography variant="body2">{note}</Typography>}
        </Box>
      ))}
    </Section>
  );
}

function Artifacts({ deployment }: { deployment: DeploymentDetail }) {
  if (deployment.artifacts.length === 0) return null;
  return (
    <Section title={t('artifacts')}>
      {deployment.artifacts.map(({ artifact, kind, at }) => (
        <Box key={artifact}>
          <Link
            component={RouterLink}
            underline="always"
            to={`/artifacts?artifact=${artifact}`}
            variant="body2"
          >
            {kind}
          </Link>{' '}
          <Typography variant="caption" color="textSecondary">
            <Age value={at} />
          </Typography>
        </Box>
      ))}
    </Section>
  );
}

function factsOf(deployment: DeploymentDetail): Fact[] {
  const { note, reason, agent, rollback_of: before, rolled_back_by: after } = deployment;
  const other = (id: string, words: string) => (
    <Link component={RouterLink} underline="always" to={`/deployments/${id}`}>
      {words}
    </Link>
  );
  return [
    [t('requestedBy'), deployment.requested_by ?? '–'],
    [t('requested'), <Age key="requested" value={deployment.created_at} />],
    [t('finished'), <Age key="finished" value={deployment.finished_at} />],
    ...(agent === null ? [] : [[t('agent'), agent] satisfies Fact]),
    ...(note === '' ? [] : [[t('note'), note] satisfies Fact]),
    ...(reason === '' ? [] : [[t('reason'), reason] satisfies Fact]),
    ...(before === null ? [] : [[t('rollbackOf'), other(before, t('earlier'))] satisfies Fact]),
    ...(after === null ? [] : [[t('rolledBackBy'), other(after, t('later'))] satisfies Fact]),
  ];
}
