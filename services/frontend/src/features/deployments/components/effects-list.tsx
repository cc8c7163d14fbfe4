// What will happen, one sentence a line.
import Box from '@mui/material/Box';

export function Effects({ lines }: { lines: readonly string[] }) {
  return (
    <Box sx={{ display: 'grid', gap: 0.5 }}>
      {lines.map((line) => (
        <div key={line}>{line}</div>
      ))}
    </Box>
  );
}
