// What stands where signals cannot be read: that is no fault of the page, nor of the platform.
import Button from '@mui/material/Button';
import Paper from '@mui/material/Paper';
import { messageOf } from '@/lib/problem';
import { isTelemetryOff } from '@/lib/telemetry';
import { Empty, Failure } from './feedback';
import { t } from './words';

interface SignalFailureProps {
  title: string;
  error: unknown;
  onRetry: () => void;
}

export function SignalFailure({ title, error, onRetry }: SignalFailureProps) {
  if (!isTelemetryOff(error)) return <Failure title={title} error={error} onRetry={onRetry} />;
  return (
    <Paper role="status">
      <Empty icon="signals" title={t('off')}>
        {t('offWhy', { reason: messageOf(error) })}
        <br />
        <Button variant="outlined" sx={{ mt: 1.5 }} onClick={onRetry}>
          {t('tryAgain')}
        </Button>
      </Empty>
    </Paper>
  );
}
