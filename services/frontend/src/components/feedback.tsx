// What stands where content is missing: nothing there, it failed, it is old, it is coming.
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Skeleton from '@mui/material/Skeleton';
import Typography from '@mui/material/Typography';
import type { ReactNode } from 'react';
import { messageOf, ProblemError } from '@/lib/problem';
import { Icon, type IconName } from './icon';
import { t } from './notice-words';

interface EmptyProps {
  icon: IconName;
  title: string;
  /** Take less room, as inside a box among others. */
  compact?: boolean;
  children?: ReactNode;
}

export function Empty({ icon, title, compact = false, children }: EmptyProps) {
  return (
    <Box sx={{ py: compact ? 3 : 6, px: 3, textAlign: 'center', color: 'text.secondary' }}>
      <Icon name={icon} size={22} sx={{ mb: 1 }} />
      <Typography variant="h3" component="p" color="textPrimary">
        {title}
      </Typography>
      <Typography variant="body2" component="div" sx={{ mt: 0.5, maxWidth: 420, mx: 'auto' }}>
        {children}
      </Typography>
    </Box>
  );
}

interface FailureProps {
  title: string;
  error: unknown;
  onRetry?: () => void;
}

export function Failure({ title, error, onRetry }: FailureProps) {
  const requestId = error instanceof ProblemError ? error.requestId : null;
  return (
    <Alert
      severity="error"
      icon={<Icon name="alert" size={18} />}
      action={
        onRetry && (
          <Button color="inherit" onClick={onRetry}>
            {t('tryAgain')}
          </Button>
        )
      }
    >
      <strong>{title}</strong>
      <Box>{messageOf(error)}</Box>
      {requestId !== null && (
        <Typography variant="caption" sx={{ fontFamily: 'monospace', opacity: 0.8 }}>
          {t('request', { id: requestId })}
        </Typography>
      )}
    </Alert>
  );
}

/** Says that what is shown is older than it should be, and why. */
export function StaleNotice({ children }: { children: ReactNode }) {
  return (
    <Alert severity="warning" icon={<Icon name="alert" size={18} />} sx={{ mb: 2 }}>
      {children}
    </Alert>
  );
}

/** Rows that stand for a list until it is there. */
export function Loading({ rows = 5, height = 40 }: { rows?: number; height?: number }) {
  return (
    <Box role="status" aria-label={t('loading')} sx={{ display: 'grid', gap: 1 }}>
      {Array.from({ length: rows }, (_, row) => (
        <Skeleton key={row} variant="rounded" height={height} />
      ))}
    </Box>
  );
}
