// The uploads of this tab: how far each is, and what can be done about it.
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import LinearProgress from '@mui/material/LinearProgress';
import Paper from '@mui/material/Paper';
import Typography from '@mui/material/Typography';
import { HealthMark } from '@/components/health-mark';
import { fileSize } from '@/lib/quantity';
import type { Health } from '@/lib/health';
import type { Phase, UploadView } from '../upload';
import type { Uploads } from '../uploads';
import { t } from '../words';

interface UploadRowsProps {
  uploads: Uploads;
  shown: readonly UploadView[];
}

export function UploadRows({ uploads, shown }: UploadRowsProps) {
  if (shown.length === 0) return null;
  return (
    <Paper
      component="ul"
      aria-label={t('uploads')}
      sx={{ listStyle: 'none', m: 0, mb: 2, p: 0, overflow: 'hidden' }}
    >
      {shown.map((view) => (
        <Row key={view.key} view={view} uploads={uploads} />
      ))}
    </Paper>
  );
}

const marks: Record<Phase, Health> = {
  queued: 'idle',
  sending: 'busy',
  paused: 'idle',
  waiting: 'warn',
  checking: 'busy',
  ready: 'good',
  refused: 'bad',
  failed: 'bad',
};

function Row({ view, uploads }: { view: UploadView; uploads: Uploads }) {
  const over = view.phase === 'ready' || view.phase === 'refused';
  const sizes = t('of', { sent: fileSize(view.sent), size: fileSize(view.size) });
  return (
    <Box
      component="li"
      sx={(theme) => ({
        px: 2,
        py: 1.25,
        '& + &': { borderTop: `1px solid ${theme.vars.palette.divider}` },
      })}
    >
      <Box sx={{ display: 'flex', flexWrap: 'wrap', columnGap: 1.5, alignItems: 'center' }}>
        <Typography
          variant="body2"
          sx={{ fontWeight: 550, flexGrow: 1, minWidth: 120, overflowWrap: 'anywhere' }}
        >
          {view.name}
        </Typography>
        <Box role="status">
          <HealthMark health={marks[view.phase]} label={t(view.phase)} />
        </Box>
        <Deeds view={view} uploads={uploads} />
      </Box>
      {!over && (
        <LinearProgress
          aria-label={view.name}
          variant={view.phase === 'checking' ? 'indeterminate' : 'determinate'}
          value={view.size === 0 ? 0 : (100 * view.sent) / view.size}
          sx={{ my: 0.5, borderRadius: 2 }}
        />
      )}
      <Typography variant="caption" component="div" color="textSecondary">
        {over ? fileSize(view.size) : sizes}
        {!view.inHand && ` · ${t('chooseAgain')}`}
        {view.problem !== null && ` · ${view.problem}`}
      </Typography>
    </Box>
  );
}

function Deeds({ view, uploads }: { view: UploadView; uploads: Uploads }) {
  const { key, phase } = view;
  if (phase === 'ready' || phase === 'refused') {
    return (
      <Button
        aria-label={`${t('dismiss')} ${view.name}`}
        onClick={() => {
          uploads.dismiss(key);
        }}
      >
        {t('dismiss')}
      </Button>
    );
  }
  return (
    <Box>
      {['queued', 'sending', 'waiting'].includes(phase) && (
        <Button
          aria-label={`${t('pause')} ${view.name}`}
          onClick={() => {
            uploads.pause(key);
          }}
        >
          {t('pause')}
        </Button>
      )}
      {['paused', 'failed'].includes(phase) && view.inHand && (
        <Button
          aria-label={`${t('resume')} ${view.name}`}
          onClick={() => {
            uploads.resume(key);
          }}
        >
          {t('resume')}
        </Button>
      )}
      <Button
        aria-label={`${t('abandon')} ${view.name}`}
        onClick={() => void uploads.abandon(key)}
      >
        {t('abandon')}
      </Button>
    </Box>
  );
}
