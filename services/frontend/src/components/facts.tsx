// Names and values, one under the other: the quiet half of a page.
import Box from '@mui/material/Box';
import type { ReactNode } from 'react';
import { mono } from '@/theme/typography';

export type Fact = readonly [name: string, value: ReactNode];

export function Facts({ facts }: { facts: readonly Fact[] }) {
  return (
    <Box
      component="dl"
      sx={{
        display: 'grid',
        gridTemplateColumns: 'minmax(84px, max-content) 1fr',
        columnGap: 2,
        rowGap: 0.75,
        m: 0,
        fontSize: '0.8125rem',
        '& dt': { color: 'text.secondary' },
        '& dd': { m: 0, minWidth: 0, overflowWrap: 'anywhere' },
      }}
    >
      {facts.map(([name, value]) => (
        <Box key={name} sx={{ display: 'contents' }}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </Box>
      ))}
    </Box>
  );
}

/** Something that a machine reads: a path, an address, a process id. */
export function Code({ children }: { children: ReactNode }) {
  return (
    <Box component="code" sx={{ fontFamily: mono, fontSize: '0.9231em' }}>
      {children}
    </Box>
  );
}
