// Amounts of a bill as people read them: US dollars, ranges, how it stands to the budget.
import type { Amount, BillLine, Estimate } from './api/use-bills';
import { t } from './words';

const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
const cents = new Intl.NumberFormat('en-US', {
  minimumFractionDigits: 2,
  maximumFractionDigits: 2,
});

/** Dollars with cents: 1,234.50. */
export const dollars = (amount: number): string => cents.format(amount);

/** Dollars without cents: $1,235. */
export const rounded = (amount: number): string => `$${whole.format(amount)}`;

/** The least and the most; one number where they are one. */
export const ends = ({ low, high }: Amount): string =>
  rounded(low) === rounded(high)
    ? rounded(low)
    : t('range', { low: rounded(low), high: rounded(high) });

/** How the expected month stands to the budget. */
export const standing = ({ budget, over_budget: over }: Estimate): string =>
  t(over > 0 ? 'over' : 'under', { amount: rounded(Math.abs(over)), budget: rounded(budget) });

export interface Part {
  component: string;
  cost: Amount;
  lines: BillLine[];
}

/** The lines by component, each with its sum, the dearest component first. */
export const parts = ({ components, lines }: Estimate): Part[] =>
  Object.entries(components)
    .map(([component, cost]) => ({
      component,
      cost,
      lines: lines.filter((line) => line.component === component),
    }))
    .sort((one, other) => other.cost.expected - one.cost.expected);
