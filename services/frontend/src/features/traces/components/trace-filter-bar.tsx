// Which traces the list shows.
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import TextField from '@mui/material/TextField';
import { Choice } from '@/components/choice';
import { RangeChoice } from '@/components/range-choice';
import type { Range } from '@/lib/range';
import { useTracedServices } from '../api/use-traces';
import { everyTrace, searchOf, statuses, type Status, type TraceFilter } from '../filter';
import { t } from '../words';

interface TraceFilterBarProps {
  filter: TraceFilter;
  range: Range;
  onChange: (filter: TraceFilter, range: Range) => void;
}

const half = { xs: 'calc(50% - 6px)' };

export function TraceFilterBar({ filter, range, onChange }: TraceFilterBarProps) {
  const known = useTracedServices().data?.items ?? [];
  const operations = known.find(({ service }) => service === filter.service)?.operations ?? [];
  const change = (changed: Partial<TraceFilter>): void => {
    onChange({ ...filter, ...changed }, range);
  };
  return (
    <Box role="search" sx={{ display: 'flex', flexWrap: 'wrap', gap: 1.5, mb: 2 }}>
      <Choice
        label={t('service')}
        any={t('anyService')}
        value={filter.service}
        options={known.map(({ service }) => [service, service] as const)}
        onChange={(service) => {
          change({ service, operation: '' });
        }}
      />
      {(operations.length > 0 || filter.operation !== '') && (
        <Choice
          label={t('operation')}
          any={t('anyOperation')}
          value={filter.operation}
          options={operations.map((operation) => [operation, operation] as const)}
          onChange={(operation) => {
            change({ operation });
          }}
        />
      )}
      <Choice
        label={t('status')}
        any={t('anyStatus')}
        value={filter.status}
        options={statuses.map((status) => [status, t(status)] as const)}
        onChange={(status) => {
          change({ status: status as Status | '' });
        }}
      />
      {(['min', 'max'] as const).map((end) => (
        <TextField
          key={end}
          label={t(end)}
          value={filter[end]}
          onChange={(event) => {
            change({ [end]: event.target.value.replace(/[^\d.]/g, '') });
          }}
          slotProps={{ htmlInput: { inputMode: 'decimal' } }}
          sx={{ width: { ...half, sm: 108 } }}
        />
      ))}
      <TextField
        label={t('attribute')}
        placeholder={t('attributeHint')}
        value={filter.attribute}
        onChange={(event) => {
          change({ attribute: event.target.value });
        }}
        sx={{ width: { xs: '100%', sm: 210 } }}
      />
      <RangeChoice
        range={range}
        onChange={(next) => {
          onChange(filter, next);
        }}
      />
      {Object.keys(searchOf(filter)).length > 0 && (
        <Button
          sx={{ alignSelf: 'end' }}
          onClick={() => {
            onChange(everyTrace, range);
          }}
        >
          {t('clear')}
        </Button>
      )}
    </Box>
  );
}
