// The numbers of a chart as a table, latest first.
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import { timeLabel } from '@/lib/scale';
import type { Line } from './line-chart';
import { ScrollRegion } from './scroll-region';
import { t } from './words';

interface ChartTableProps {
  title: string;
  lines: readonly Line[];
  format: (value: number) => string;
  /** Milliseconds that are shown: they decide how moments are written. */
  range: number;
}

export function ChartTable({ title, lines, format, range }: ChartTableProps) {
  const moments = [...new Set(lines.flatMap(({ points }) => points.map(([at]) => at)))];
  const values = lines.map(({ points }) => new Map(points));
  return (
    <ScrollRegion label={title} sx={{ maxHeight: 220, overflowY: 'auto' }}>
      <Table size="small" stickyHeader aria-label={title}>
        <TableHead>
          <TableRow>
            <TableCell>{t('moment')}</TableCell>
            {lines.map(({ name }) => (
              <TableCell key={name} align="right">
                {name}
              </TableCell>
            ))}
          </TableRow>
        </TableHead>
        <TableBody>
          {moments
            .sort((one, other) => other - one)
            .map((at) => (
              <TableRow key={at}>
                <TableCell component="th" scope="row">
                  {timeLabel(at, range)}
                </TableCell>
                {values.map((line, place) => {
                  const value = line.get(at) ?? null;
                  return (
                    <TableCell key={lines[place]!.name} align="right">
                      {value === null ? '–' : format(value)}
                    </TableCell>
                  );
                })}
              </TableRow>
            ))}
        </TableBody>
      </Table>
    </ScrollRegion>
  );
}
