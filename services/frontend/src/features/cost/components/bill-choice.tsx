// The environments with their sums; one is chosen, and its bill is shown below.
import Box from '@mui/material/Box';
import ButtonBase from '@mui/material/ButtonBase';
import Typography from '@mui/material/Typography';
import { ends, rounded, standing } from '../amounts';
import type { Bill } from '../api/use-bills';
import { t } from '../words';

interface BillChoiceProps {
  bills: readonly Bill[];
  chosen: string;
  onChoose: (environment: string) => void;
}

export function BillChoice({ bills, chosen, onChoose }: BillChoiceProps) {
  return (
    <Box
      role="group"
      aria-label={t('environments')}
      sx={{ display: 'grid', gap: 2, gridTemplateColumns: 'repeat(auto-fit, minmax(220px, 1fr))' }}
    >
      {bills.map((bill) => (
        <ButtonBase
          key={bill.environment}
          aria-pressed={bill.environment === chosen}
          onClick={() => {
            onChoose(bill.environment);
          }}
          sx={(theme) => ({
            display: 'block',
            p: 2,
            textAlign: 'left',
            borderRadius: '8px',
            border: `1px solid ${theme.vars.palette.divider}`,
            backgroundColor: theme.vars.palette.background.paper,
            '&[aria-pressed="true"]': { borderColor: theme.vars.palette.primary.main },
            '&:focus-visible': { outline: `2px solid ${theme.vars.palette.primary.main}` },
          })}
        >
          <Sum bill={bill} />
        </ButtonBase>
      ))}
    </Box>
  );
}

function Sum({ bill: { environment, estimate } }: { bill: Bill }) {
  return (
    <>
      <Typography variant="body2" component="span" color="textSecondary" sx={{ display: 'block' }}>
        {environment}
      </Typography>
      <Typography variant="h2" component="span" sx={{ display: 'block' }}>
        {estimate === null
          ? t('noEstimate')
          : t('aMonth', { amount: rounded(estimate.total.expected) })}
      </Typography>
      {estimate !== null && (
        <>
          <Typography variant="body2" component="span" sx={{ display: 'block' }}>
            {ends(estimate.total)}
          </Typography>
          <Typography
            variant="body2"
            component="span"
            sx={(theme) => ({
              display: 'block',
              color: theme.vars.palette.state[estimate.over_budget > 0 ? 'bad' : 'good'].main,
            })}
          >
            {standing(estimate)}
          </Typography>
        </>
      )}
    </>
  );
}
