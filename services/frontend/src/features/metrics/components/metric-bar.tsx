// Which time the charts show, and what it is compared with.
import Box from '@mui/material/Box';
import { Choice } from '@/components/choice';
import { RangeChoice } from '@/components/range-choice';
import type { Range } from '@/lib/range';
import { comparisons, type Comparison } from '../charts';
import { t } from '../words';

interface MetricBarProps {
  range: Range;
  comparison: Comparison;
  onChange: (range: Range, comparison: Comparison) => void;
}

const words = { before: 'comparisonBefore', day: 'comparisonDay' } as const;

export function MetricBar({ range, comparison, onChange }: MetricBarProps) {
  return (
    <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1.5, mb: 2 }}>
      <RangeChoice
        range={range}
        onChange={(next) => {
          onChange(next, comparison);
        }}
      />
      <Choice
        label={t('compare')}
        any={t('nothing')}
        value={comparison}
        options={comparisons.map((each) => [each, t(words[each])] as const)}
        onChange={(next) => {
          onChange(range, next as Comparison);
        }}
      />
    </Box>
  );
}
