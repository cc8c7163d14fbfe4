// A QR code, dark on light in both colour schemes: cameras do not read it the other way round.
import Box from '@mui/material/Box';
import type { components } from '@/lib/schema';
import { t } from './words';

export function QrCode({ qr }: { qr: components['schemas']['Qr'] }) {
  return (
    <Box
      component="svg"
      role="img"
      aria-label={t('qr')}
      viewBox={`0 0 ${String(qr.size)} ${String(qr.size)}`}
      shapeRendering="crispEdges"
      sx={{
        width: 184,
        height: 184,
        justifySelf: 'center',
        color: '#000',
        backgroundColor: '#fff',
        borderRadius: '8px',
      }}
    >
      <path d={qr.path} stroke="currentColor" />
    </Box>
  );
}
