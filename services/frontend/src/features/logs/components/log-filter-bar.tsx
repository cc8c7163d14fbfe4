// Which lines the page shows.
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Chip from '@mui/material/Chip';
import TextField from '@mui/material/TextField';
import { Choice } from '@/components/choice';
import { RangeChoice } from '@/components/range-choice';
import { useServices } from '@/hooks/use-catalog';
import type { Range } from '@/lib/range';
import { everyLine, levels, searchOf, type Level, type LogFilter } from '../filter';
import { t } from '../words';

interface LogFilterBarProps {
  filter: LogFilter;
  range: Range;
  onChange: (filter: LogFilter, range: Range) => void;
}

export function LogFilterBar({ filter, range, onChange }: LogFilterBarProps) {
  const services = useServices().data?.items ?? [];
  const change = (changed: Partial<LogFilter>): void => {
    onChange({ ...filter, ...changed }, range);
  };
  return (
    <Box role="search" sx={{ display: 'flex', flexWrap: 'wrap', gap: 1.5, mb: 2 }}>
      <TextField
        label={t('text')}
        type="search"
        value={filter.text}
        onChange={(event) => {
          change({ text: event.target.value });
        }}
        sx={{ width: { xs: '100%', sm: 280 } }}
      />
      <Choice
        label={t('service')}
        any={t('anyService')}
        value={filter.service}
        options={services.map(({ name }) => [name, name] as const)}
        onChange={(service) => {
          change({ service, replica: '' });
        }}
      />
      <Choice
        label={t('level')}
        any={t('anyLevel')}
        value={filter.level}
        options={levels.map((level) => [level, t(level)] as const)}
        onChange={(level) => {
          change({ level: level as Level | '' });
        }}
      />
      <TextField
        label={t('attribute')}
        placeholder={t('attributeHint')}
        value={filter.attribute}
        onChange={(event) => {
          change({ attribute: event.target.value });
        }}
        sx={{ width: { xs: '100%', sm: 190 } }}
      />
      <RangeChoice
        range={range}
        onChange={(next) => {
          onChange(filter, next);
        }}
      />
      {(['trace', 'replica'] as const)
        .filter((name) => filter[name] !== '')
        .map((name) => (
          <Chip
            key={name}
            label={`${t(name)} ${filter[name]}`}
            onDelete={() => {
              change({ [name]: '' });
            }}
            sx={{ alignSelf: 'end', height: 34, maxWidth: '100%' }}
          />
        ))}
      {Object.keys(searchOf(filter)).length > 0 && (
        <Button
          sx={{ alignSelf: 'end' }}
          onClick={() => {
            onChange(everyLine, range);
          }}
        >
          {t('clear')}
        </Button>
      )}
    </Box>
  );
}
