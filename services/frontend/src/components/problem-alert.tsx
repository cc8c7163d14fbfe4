// What went wrong with what a person just did.
import Alert from '@mui/material/Alert';
import type { ReactNode } from 'react';
import { messageOf } from '@/lib/problem';
import { Icon } from './icon';

interface ProblemAlertProps {
  /** What was thrown; null shows nothing. */
  error: unknown;
  /** Words of its own for a refusal that deserves them. */
  children?: ReactNode;
  onClose?: () => void;
}

export function ProblemAlert({ error, children, onClose }: ProblemAlertProps) {
  if (error == null) return null;
  return (
    <Alert
      severity="error"
      role="alert"
      icon={<Icon name="alert" size={18} />}
      {...(onClose !== undefined && { onClose })}
    >
      {children ?? messageOf(error)}
    </Alert>
  );
}
