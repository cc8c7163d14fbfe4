// One comparison as a table; the environment that runs here is marked.
import Box from '@mui/material/Box';
import Paper from '@mui/material/Paper';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import { ScrollRegion } from '@/components/scroll-region';
import type { Row } from '../comparison';
import { t } from '../words';

interface ComparisonTableProps {
  label: string;
  /** The heading of the first column. */
  first: string;
  environments: readonly string[];
  rows: readonly Row[];
  current: string | undefined;
}

export function ComparisonTable({
  label,
  first,
  environments,
  rows,
  current,
}: ComparisonTableProps) {
  return (
    <Paper>
      <ScrollRegion label={`${label}, ${t('sideBySide')}`}>
        <Table
          aria-label={label}
          sx={{
            tableLayout: 'fixed',
            minWidth: 420,
            '& td': { fontVariantNumeric: 'tabular-nums' },
          }}
        >
          <TableHead>
            <TableRow>
              <TableCell sx={{ width: '28%' }}>{first}</TableCell>
              {environments.map((name) => (
                <TableCell key={name}>
                  {name}
                  {name === current && <Here />}
                </TableCell>
              ))}
            </TableRow>
          </TableHead>
          <TableBody>
            {rows.map((row) => (
              <TableRow key={row.name}>
                <TableCell component="th" scope="row" sx={{ fontWeight: 500 }}>
                  {row.name}
                </TableCell>
                {row.cells.map((cell, index) => (
                  <TableCell
                    key={environments[index]}
                    sx={{
                      color: row.differs ? 'text.primary' : 'text.secondary',
                      fontWeight: row.differs ? 550 : 400,
                    }}
                  >
                    {cell}
                  </TableCell>
                ))}
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </ScrollRegion>
    </Paper>
  );
}

function Here() {
  return (
    <Box
      component="span"
      sx={(theme) => ({
        ml: 1,
        px: 0.75,
        borderRadius: '8px',
        fontSize: '0.6875rem',
        color: theme.vars.palette.state.good.main,
        backgroundColor: theme.vars.palette.state.good.soft,
      })}
    >
      {t('here')}
    </Box>
  );
}
