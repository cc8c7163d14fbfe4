// How long a stretch of time a page shows; a stretch that was marked can be left again.
import Chip from '@mui/material/Chip';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import { lengths, usual, type Length, type Range } from '@/lib/range';
import { moment } from '@/lib/time';
import { t } from './words';

interface RangeChoiceProps {
  range: Range;
  onChange: (range: Range) => void;
}

export function RangeChoice({ range, onChange }: RangeChoiceProps) {
  if (!('length' in range)) {
    return (
      <Chip
        label={t('rangeBetween', { from: moment(range.from), to: moment(range.to) })}
        onDelete={() => {
          onChange(usual);
        }}
        sx={{ alignSelf: 'end', height: 34, maxWidth: '100%' }}
      />
    );
  }
  return (
    <TextField
      select
      label={t('range')}
      value={range.length}
      onChange={(event) => {
        onChange({ length: event.target.value as Length });
      }}
      sx={{ width: { xs: 'calc(50% - 6px)', sm: 168 } }}
    >
      {lengths.map((length) => (
        <MenuItem key={length} value={length}>
          {t(`range.${length}`)}
        </MenuItem>
      ))}
    </TextField>
  );
}
