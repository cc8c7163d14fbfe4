// What to look for in the record.
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import { useActions } from '../api/use-audit';
import { nothingAsked, outcomes, type EventFilter, type Outcome } from '../filter';
import { t } from '../words';

interface EventFilterBarProps {
  filter: EventFilter;
  onChange: (filter: EventFilter) => void;
}

export function EventFilterBar({ filter, onChange }: EventFilterBarProps) {
  const actions = useActions();
  const known = actions.data?.items ?? [];
  const offered =
    filter.action === '' || known.includes(filter.action) ? known : [filter.action, ...known];
  return (
    <Box role="search" sx={{ display: 'flex', flexWrap: 'wrap', gap: 1.5, mb: 2 }}>
      <TextField
        label={t('search')}
        type="search"
        value={filter.text}
        onChange={(event) => {
          onChange({ ...filter, text: event.target.value });
        }}
        sx={{ width: { xs: '100%', sm: 280 } }}
      />
      <Choice
        label={t('action')}
        any={t('anyAction')}
        value={filter.action}
        options={offered.map((action) => [action, action] as const)}
        onChange={(action) => {
          onChange({ ...filter, action });
        }}
      />
      <Choice
        label={t('outcome')}
        any={t('anyOutcome')}
        value={filter.outcome}
        options={outcomes.map((outcome) => [outcome, t(outcome)] as const)}
        onChange={(outcome) => {
          onChange({ ...filter, outcome: outcome as Outcome | '' });
        }}
      />
      {(['from', 'to'] as const).map((end) => (
        <TextField
          key={end}
          label={t(end)}
          type="date"
          value={filter[end]}
          onChange={(event) => {
            onChange({ ...filter, [end]: event.target.value });
          }}
          slotProps={{ inputLabel: { shrink: true } }}
          sx={{ width: { xs: 'calc(50% - 6px)', sm: 156 } }}
        />
      ))}
      {JSON.stringify(filter) !== JSON.stringify(nothingAsked) && (
        <Button
          onClick={() => {
            onChange(nothingAsked);
          }}
        >
          {t('clear')}
        </Button>
      )}
    </Box>
  );
}

interface ChoiceProps {
  label: string;
  any: string;
  value: string;
  options: readonly (readonly [value: string, label: string])[];
  onChange: (value: string) => void;
}

function Choice({ label, any, value, options, onChange }: ChoiceProps) {
  return (
    <TextField
      select
      label={label}
      value={value}
      onChange={(event) => {
        onChange(event.target.value);
      }}
      slotProps={{ select: { displayEmpty: true }, inputLabel: { shrink: true } }}
      sx={{ width: { xs: 'calc(50% - 6px)', sm: 180 } }}
    >
      <MenuItem value="">{any}</MenuItem>
      {options.map(([option, name]) => (
        <MenuItem key={option} value={option}>
          {name}
        </MenuItem>
      ))}
    </TextField>
  );
}
