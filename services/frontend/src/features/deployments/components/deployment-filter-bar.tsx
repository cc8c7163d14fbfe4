// Which deployments the list shows.
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { Choice } from '@/components/choice';
import { useServices } from '@/hooks/use-catalog';
import { useDeliveryEnvironments, type DeploymentFilter } from '@/hooks/use-delivery';
import { deploymentStates, markOf, type DeploymentState } from '@/lib/delivery';
import { searchOf } from '../filter';
import { t } from '../words';

interface DeploymentFilterBarProps {
  filter: DeploymentFilter;
  onChange: (filter: DeploymentFilter) => void;
}

export function DeploymentFilterBar({ filter, onChange }: DeploymentFilterBarProps) {
  const environments = useDeliveryEnvironments().data?.items ?? [];
  const services = useServices().data?.items ?? [];
  return (
    <Box role="search" sx={{ display: 'flex', flexWrap: 'wrap', gap: 1.5, mb: 2 }}>
      <Choice
        label={t('environment')}
        any={t('anyEnvironment')}
        value={filter.environment}
        options={environments.map(({ name }) => [name, name] as const)}
        onChange={(environment) => {
          onChange({ ...filter, environment });
        }}
      />
      <Choice
        label={t('service')}
        any={t('anyService')}
        value={filter.service}
        options={services.map(({ name }) => [name, name] as const)}
        onChange={(service) => {
          onChange({ ...filter, service });
        }}
      />
      <Choice
        label={t('state')}
        any={t('anyState')}
        value={filter.state}
        options={deploymentStates.map((state) => [state, markOf(state).label] as const)}
        onChange={(state) => {
          onChange({ ...filter, state: state as DeploymentState | '' });
        }}
      />
      {searchOf(filter).size > 0 && (
        <Button
          sx={{ alignSelf: 'end' }}
          onClick={() => {
            onChange({ environment: '', service: '', state: '' });
          }}
        >
          {t('clear')}
        </Button>
      )}
    </Box>
  );
}
