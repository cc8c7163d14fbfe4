// Search and tier above the list of services.
import Box from '@mui/material/Box';
import InputAdornment from '@mui/material/InputAdornment';
import TextField from '@mui/material/TextField';
import ToggleButton from '@mui/material/ToggleButton';
import ToggleButtonGroup from '@mui/material/ToggleButtonGroup';
import { Icon } from '@/components/icon';
import { tiers } from '@/lib/catalog';
import type { ServiceFilter } from '../api/use-service-list';
import { t } from '../words';

interface ServiceFilterBarProps {
  filter: ServiceFilter;
  onChange: (filter: ServiceFilter) => void;
}

export function ServiceFilterBar({ filter, onChange }: ServiceFilterBarProps) {
  return (
    <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1.5, mb: 2 }}>
      <TextField
        value={filter.q}
        placeholder={t('search')}
        onChange={(event) => {
          onChange({ ...filter, q: event.target.value });
        }}
        sx={{ width: { xs: '100%', sm: 280 } }}
        slotProps={{
          htmlInput: { 'aria-label': t('search'), type: 'search' },
          input: {
            startAdornment: (
              <InputAdornment position="start" sx={{ mr: 0, color: 'text.secondary' }}>
                <Icon name="search" />
              </InputAdornment>
            ),
          },
        }}
      />
      <ToggleButtonGroup
        exclusive
        size="small"
        aria-label={t('tier')}
        value={filter.tier}
        onChange={(_event, tier: ServiceFilter['tier'] | null) => {
          if (tier !== null) onChange({ ...filter, tier });
        }}
      >
        <ToggleButton value="">{t('allTiers')}</ToggleButton>
        {tiers.map((tier) => (
          <ToggleButton key={tier.id} value={tier.id}>
            {tier.label}
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
    </Box>
  );
}
