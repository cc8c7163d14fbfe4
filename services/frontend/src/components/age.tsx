// A moment as its age; the whole moment is in the tooltip.
import Tooltip from '@mui/material/Tooltip';
import { useNow } from '@/hooks/use-now';
import { ago, moment } from '@/lib/time';

export function Age({ value }: { value: string | null | undefined }) {
  const now = useNow();
  if (value == null) return <span>–</span>;
  return (
    <Tooltip title={moment(value)}>
      <time dateTime={value}>{ago(value, now)}</time>
    </Tooltip>
  );
}
