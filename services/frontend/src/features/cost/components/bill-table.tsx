// Every line of a bill below its component, with what is assumed and where the price is from.
import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import Paper from '@mui/material/Paper';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import { Fragment } from 'react';
import { ScrollRegion } from '@/components/scroll-region';
import { dollars, parts, type Part } from '../amounts';
import type { Amount, BillLine, Estimate } from '../api/use-bills';
import { t } from '../words';

export function BillTable({ estimate }: { estimate: Estimate }) {
  return (
    <Paper>
      <ScrollRegion label={t('bill', { environment: estimate.environment })}>
        <Table
          size="small"
          aria-label={t('billTable', { environment: estimate.environment })}
          sx={{ minWidth: 680, '& td': { fontVariantNumeric: 'tabular-nums' } }}
        >
          <TableHead>
            <TableRow>
              <TableCell>{t('what')}</TableCell>
              <TableCell>{t('price')}</TableCell>
              <TableCell align="right">{t('least')}</TableCell>
              <TableCell align="right">{t('expected')}</TableCell>
              <TableCell align="right">{t('most')}</TableCell>
            </TableRow>
          </TableHead>
          <TableBody>
            {parts(estimate).map((part) => (
              <Fragment key={part.component}>
                <PartRow part={part} />
                {part.lines.map((line) => (
                  <LineRow key={line.name} line={line} />
                ))}
              </Fragment>
            ))}
            <TableRow sx={{ '& > *': { fontWeight: 600 } }}>
              <TableCell component="th" scope="row" colSpan={2}>
                {t('total')}
              </TableCell>
              <Amounts of={estimate.total} />
            </TableRow>
          </TableBody>
        </Table>
      </ScrollRegion>
    </Paper>
  );
}

function PartRow({ part }: { part: Part }) {
  return (
    <TableRow
      sx={(theme) => ({
        backgroundColor: theme.vars.palette.surface.sunken,
        '& > *': { fontWeight: 550 },
      })}
    >
      <TableCell component="th" scope="rowgroup" colSpan={2}>
        {part.component.charAt(0).toUpperCase() + part.component.slice(1)}
      </TableCell>
      <Amounts of={part.cost} />
    </TableRow>
  );
}

function LineRow({ line }: { line: BillLine }) {
  const { name, what, assumption, price, unit, source, as_of: day, confirmed } = line;
  return (
    <TableRow>
      <TableCell component="th" scope="row" sx={{ fontWeight: 400 }}>
        {name}
        <Quiet>{assumption === '' ? what : t('assumed', { what, assumption })}</Quiet>
      </TableCell>
      <TableCell sx={{ whiteSpace: 'nowrap' }}>
        <Link href={source} target="_blank" rel="noreferrer">
          {t('per', { price, unit })}
        </Link>
        <Quiet>{confirmed ? t('asOf', { day }) : t('unconfirmed')}</Quiet>
      </TableCell>
      <Amounts of={line.cost} />
    </TableRow>
  );
}

function Quiet({ children }: { children: string }) {
  return <Box sx={{ color: 'text.secondary', fontSize: '0.75rem' }}>{children}</Box>;
}

function Amounts({ of }: { of: Amount }) {
  return (
    <>
      <TableCell align="right">{dollars(of.low)}</TableCell>
      <TableCell align="right">{dollars(of.expected)}</TableCell>
      <TableCell align="right">{dollars(of.high)}</TableCell>
    </>
  );
}
