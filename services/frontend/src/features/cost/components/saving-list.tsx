// Ways to pay less: the figure, how it is done and what it risks.
import Box from '@mui/material/Box';
import Paper from '@mui/material/Paper';
import Typography from '@mui/material/Typography';
import { rounded } from '../amounts';
import type { Saving } from '../api/use-bills';
import { t } from '../words';

export function SavingList({ savings }: { savings: readonly Saving[] }) {
  return (
    <Paper component="ul" sx={{ listStyle: 'none', m: 0, p: 0 }}>
      {savings.map((saving) => (
        <Box
          component="li"
          key={saving.name}
          sx={(theme) => ({
            display: 'flex',
            gap: 2,
            px: 2,
            py: 1.25,
            '& + &': { borderTop: `1px solid ${theme.vars.palette.divider}` },
          })}
        >
          <Typography
            variant="body2"
            sx={{ width: 56, flexShrink: 0, fontWeight: 550, textAlign: 'right' }}
          >
            {rounded(saving.usd)}
          </Typography>
          <Box sx={{ minWidth: 0, overflowWrap: 'anywhere' }}>
            <Typography variant="body2" sx={{ fontWeight: 550 }}>
              {saving.name}
            </Typography>
            <Typography variant="body2">{saving.how}</Typography>
            <Typography variant="caption" component="div" color="textSecondary">
              {t(saving.assumption === '' ? 'risk' : 'riskAssumed', {
                risk: saving.risk,
                assumption: saving.assumption,
              })}
            </Typography>
          </Box>
        </Box>
      ))}
    </Paper>
  );
}
