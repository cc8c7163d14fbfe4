// Everything about one service, as a panel beside the drawing.
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import IconButton from '@mui/material/IconButton';
import Skeleton from '@mui/material/Skeleton';
import Typography from '@mui/material/Typography';
import { Link } from 'react-router';
import { Failure } from '@/components/feedback';
import { HealthMark } from '@/components/health-mark';
import { Icon } from '@/components/icon';
import { useLiveState } from '@/hooks/use-catalog';
import { kindLabel } from '@/lib/catalog';
import { componentHealth } from '@/lib/health';
import { useService } from '../api/use-service';
import { Declared, Running } from './service-sections';
import { t } from '../words';

interface ServiceDetailsProps {
  name: string;
  onClose: () => void;
}

export default function ServiceDetails({ name, onClose }: ServiceDetailsProps) {
  const service = useService(name);
  const state = useLiveState();
  const live = componentHealth(name, state.data);
  return (
    <Box sx={{ display: 'grid', gap: 2.5 }}>
      <Box sx={{ display: 'flex', alignItems: 'flex-start', gap: 1 }}>
        <Box sx={{ flexGrow: 1, minWidth: 0 }}>
          <Typography variant="h2" sx={{ overflowWrap: 'anywhere' }}>
            {name}
          </Typography>
          <Box sx={{ display: 'flex', gap: 1, alignItems: 'center', mt: 0.5 }}>
            <HealthMark badge health={live.health} label={live.label} />
            <Typography variant="caption" color="textSecondary">
              {service.data === undefined ? ' ' : kindLabel(service.data.kind)}
            </Typography>
          </Box>
        </Box>
        <Button component={Link} to={`/services/${encodeURIComponent(name)}`}>
          {t('open')}
        </Button>
        <IconButton aria-label={t('closePanel')} onClick={onClose}>
          <Icon name="close" />
        </IconButton>
      </Box>
      {service.data !== undefined && (
        <>
          {service.data.description !== '' && (
            <Typography variant="body2" color="textSecondary">
              {service.data.description}
            </Typography>
          )}
          <Running service={service.data} live={live} />
          <Declared service={service.data} />
        </>
      )}
      {service.data === undefined && service.error === null && (
        <Skeleton variant="rounded" height={320} />
      )}
      {service.data === undefined && service.error !== null && (
        <Failure
          title={t('nameUnreadable', { name })}
          error={service.error}
          onRetry={() => void service.refetch()}
        />
      )}
    </Box>
  );
}
