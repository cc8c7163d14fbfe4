// Where a trace's time went: how long each service itself was at work.
import Box from '@mui/material/Box';
import { milliseconds } from '@/lib/quantity';
import { toneOf } from '@/theme/series';
import { ServiceMark } from './trace-rows';

interface TimeSharesProps {
  shares: readonly { service: string; own: number }[];
}

export function TimeShares({ shares }: TimeSharesProps) {
  const longest = Math.max(...shares.map(({ own }) => own)) || 1;
  return (
    <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0, display: 'grid', gap: 1 }}>
      {shares.map(({ service, own }) => (
        <Box component="li" key={service} sx={{ fontSize: '0.8125rem' }}>
          <Box sx={{ display: 'flex', justifyContent: 'space-between', gap: 1 }}>
            <ServiceMark service={service} />
            <span>{milliseconds(own)}</span>
          </Box>
          <Box
            aria-hidden
            sx={(theme) => ({
              height: 4,
              mt: 0.25,
              borderRadius: '2px',
              backgroundColor: theme.vars.palette.series[toneOf(service)],
            })}
            style={{ width: `${String((own / longest) * 100)}%` }}
          />
        </Box>
      ))}
    </Box>
  );
}
