// Which incidents the list shows.
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { Choice } from '@/components/choice';
import { useServices } from '@/hooks/use-catalog';
import {
  everyIncident,
  searchOf,
  severities,
  states,
  type IncidentFilter,
  type Severity,
  type StateAsked,
} from '../filter';
import { t } from '../words';

interface IncidentFilterBarProps {
  filter: IncidentFilter;
  onChange: (filter: IncidentFilter) => void;
}

export function IncidentFilterBar({ filter, onChange }: IncidentFilterBarProps) {
  const services = useServices().data?.items ?? [];
  return (
    <Box role="search" sx={{ display: 'flex', flexWrap: 'wrap', gap: 1.5, mb: 2 }}>
      <Choice
        label={t('state')}
        any={t('anyState')}
        value={filter.state}
        options={states.map((state) => [state, t(state)] as const)}
        onChange={(state) => {
          onChange({ ...filter, state: state as StateAsked | '' });
        }}
      />
      <Choice
        label={t('severity')}
        any={t('anySeverity')}
        value={filter.severity}
        options={severities.map((severity) => [severity, t(severity)] as const)}
        onChange={(severity) => {
          onChange({ ...filter, severity: severity as Severity | '' });
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
      {Object.keys(searchOf(filter)).length > 0 && (
        <Button
          sx={{ alignSelf: 'end' }}
          onClick={() => {
            onChange(everyIncident);
          }}
        >
          {t('clear')}
        </Button>
      )}
    </Box>
  );
}
