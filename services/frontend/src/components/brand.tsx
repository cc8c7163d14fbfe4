// The mark and the name.
import Box from '@mui/material/Box';

export function Brand({ size = 22 }: { size?: number }) {
  return (
    <Box sx={{ display: 'inline-flex', alignItems: 'center', gap: 1.25 }}>
      <img src="/favicon.svg" alt="" width={size} height={size} />
      <Box
        component="span"
        sx={{ fontWeight: 620, fontSize: '0.9375rem', letterSpacing: '-0.012em' }}
      >
        Groundplan
      </Box>
    </Box>
  );
}
