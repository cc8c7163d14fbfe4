// How everything is, in a few lines: the panel beside the drawing while no service is chosen.
import Box from '@mui/material/Box';
import Skeleton from '@mui/material/Skeleton';
import Typography from '@mui/material/Typography';
import ButtonBase from '@mui/material/ButtonBase';
import { Code, Facts } from '@/components/facts';
import { Failure } from '@/components/feedback';
import { HealthMark } from '@/components/health-mark';
import { Section } from '@/components/section';
import { useLiveState, usePlatform } from '@/hooks/use-catalog';
import type { ReplicaState } from '@/lib/catalog';
import { healthOf, platformHealth, stateLabel } from '@/lib/health';
import { t } from '../words';

export function StateSummary({ onChoose }: { onChoose: (name: string) => void }) {
  const state = useLiveState();
  const platform = usePlatform();
  if (state.data === undefined) {
    if (state.error === null) return <Skeleton variant="rounded" height={160} />;
    return <Failure title={t('stateUnreadable')} error={state.error} />;
  }
  const health = platformHealth(state.data);
  const restarts = state.data.components.reduce((sum, replica) => sum + replica.restarts, 0);
  return (
    <Box sx={{ display: 'grid', gap: 2.5 }}>
      <Section
        title={t('state')}
        action={<HealthMark badge health={health.health} label={health.label} />}
      >
        <Facts
          facts={[
            [t('replicas'), t('replicasReady', { ready: health.ready, total: health.total })],
            [t('restarts'), String(restarts)],
            [t('region'), platform.data?.region ?? '–'],
            [t('zoneNames'), platform.data?.zones.join(', ') ?? '–'],
            [t('domain'), platform.data?.domain ?? '–'],
          ]}
        />
      </Section>
      <Section title={t('attention')}>
        {health.troubled.length === 0 ? (
          <Typography variant="body2" color="textSecondary">
            {t('nothing')}
          </Typography>
        ) : (
          <Box sx={{ display: 'grid', gap: 1 }}>
            {health.troubled.map((replica) => (
              <Troubled
                key={`${replica.name}/${String(replica.replica)}`}
                replica={replica}
                onChoose={onChoose}
              />
            ))}
          </Box>
        )}
      </Section>
    </Box>
  );
}

interface TroubledProps {
  replica: ReplicaState;
  onChoose: (name: string) => void;
}

function Troubled({ replica, onChoose }: TroubledProps) {
  return (
    <ButtonBase
      onClick={() => {
        onChoose(replica.name);
      }}
      sx={(theme) => ({
        display: 'block',
        textAlign: 'left',
        p: 1.25,
        borderRadius: '8px',
        border: `1px solid ${theme.vars.palette.divider}`,
        '&:hover': { borderColor: theme.vars.palette.text.disabled },
      })}
    >
      <Box
        sx={{ display: 'flex', justifyContent: 'space-between', gap: 1, fontSize: '0.8125rem' }}
      >
        <Code>
          {replica.name} {replica.replica}
        </Code>
        <HealthMark health={healthOf(replica.state)} label={stateLabel(replica.state)} />
      </Box>
      {replica.detail !== '' && (
        <Typography variant="caption" component="div" color="textSecondary" sx={{ mt: 0.25 }}>
          {replica.detail}
        </Typography>
      )}
    </ButtonBase>
  );
}
