// The newest deployments, in the few lines that the overview has for them.
import Link from '@mui/material/Link';
import Typography from '@mui/material/Typography';
import { Link as RouterLink } from 'react-router';
import { Failure, Loading } from '@/components/feedback';
import { Section } from '@/components/section';
import { everyDeployment, useDeliveries, useDeployments } from '@/hooks/use-delivery';
import { DeploymentRows } from './components/deployment-rows';
import { t } from './words';

/** How many fit beside the picture. */
const shown = 5;

export default function NewestDeployments() {
  useDeliveries();
  const list = useDeployments(everyDeployment, shown);
  const items = list.data?.pages[0]?.items ?? [];
  return (
    <Section
      title={t('newest')}
      action={
        <Link component={RouterLink} to="/deployments" variant="caption">
          {t('all')}
        </Link>
      }
    >
      {list.isPending && <Loading rows={3} />}
      {list.error !== null && list.data === undefined && (
        <Failure title={t('unreadable')} error={list.error} />
      )}
      {list.data !== undefined && items.length === 0 && (
        <Typography variant="body2" color="textSecondary">
          {t('empty')}.
        </Typography>
      )}
      {items.length > 0 && <DeploymentRows brief deployments={items} />}
    </Section>
  );
}
