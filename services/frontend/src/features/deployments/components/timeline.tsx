// The steps of a deployment, one under the other; the newest progress shows within its step.
import Box from '@mui/material/Box';
import LinearProgress from '@mui/material/LinearProgress';
import Typography from '@mui/material/Typography';
import { Age } from '@/components/age';
import { Failure, Loading } from '@/components/feedback';
import { useDeploymentEvents } from '../api/use-deployment';
import { timelineOf, type Progress, type Step } from '../timeline';
import { t } from '../words';

export function Timeline({ deployment }: { deployment: string }) {
  const events = useDeploymentEvents(deployment);
  if (events.isPending) return <Loading rows={4} height={28} />;
  if (events.data === undefined) {
    return (
      <Failure
        title={t('timelineUnreadable')}
        error={events.error}
        onRetry={() => void events.refetch()}
      />
    );
  }
  const steps = timelineOf(events.data);
  return (
    <Box component="ol" aria-live="polite" sx={{ listStyle: 'none', m: 0, p: 0 }}>
      {steps.map((step, place) => (
        <Entry key={step.id} step={step} last={place === steps.length - 1} />
      ))}
    </Box>
  );
}

function Entry({ step, last }: { step: Step; last: boolean }) {
  return (
    <Box
      component="li"
      sx={(theme) => ({
        position: 'relative',
        pl: 3,
        pb: last ? 0 : 2,
        '&::before': {
          content: '""',
          position: 'absolute',
          left: 4,
          top: 7,
          width: 9,
          height: 9,
          borderRadius: '50%',
          backgroundColor: theme.vars.palette.state[step.mark.health].main,
        },
        ...(!last && {
          '&::after': {
            content: '""',
            position: 'absolute',
            left: 8,
            top: 22,
            bottom: -1,
            width: '1px',
            backgroundColor: theme.vars.palette.divider,
          },
        }),
      })}
    >
      <Box sx={{ display: 'flex', gap: 1, alignItems: 'baseline' }}>
        <Typography variant="body2" sx={{ fontWeight: 550, flexGrow: 1, minWidth: 0 }}>
          {step.mark.label}
        </Typography>
        <Typography variant="caption" color="textSecondary" sx={{ flexShrink: 0 }}>
          <Age value={step.at} />
        </Typography>
      </Box>
      <Typography variant="caption" component="div" color="textSecondary">
        {step.by}
      </Typography>
      {step.note !== '' && (
        <Typography variant="body2" sx={{ overflowWrap: 'anywhere' }}>
          {step.note}
        </Typography>
      )}
      {step.progress.length > 0 && <Reached progress={step.progress} running={last} />}
    </Box>
  );
}

function Reached({ progress, running }: { progress: readonly Progress[]; running: boolean }) {
  const newest = progress.at(-1)!;
  const { message, done, total } = newest;
  return (
    <Box sx={{ mt: 0.5 }}>
      {running && (
        <LinearProgress
          aria-label={message}
          sx={{ my: 0.75, borderRadius: 2 }}
          {...(total > 0
            ? { variant: 'determinate', value: Math.min(100, (100 * done) / total) }
            : {})}
        />
      )}
      <Typography variant="caption" component="div" color="textSecondary">
        {message}
        {total > 0 && ` · ${t('progress', { done, total })}`}
      </Typography>
      {progress.length > 1 && (
        <Box component="details" sx={{ fontSize: '0.75rem', color: 'text.secondary' }}>
          <summary>{t('steps', { count: progress.length })}</summary>
          {progress.map((each, place) => (
            <div key={place}>{each.message}</div>
          ))}
        </Box>
      )}
    </Box>
  );
}
