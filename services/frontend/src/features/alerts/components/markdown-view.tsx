// The text of a runbook, drawn from its blocks.
import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import Typography from '@mui/material/Typography';
import { Link as RouterLink } from 'react-router';
import { Code } from '@/components/facts';
import { ScrollRegion } from '@/components/scroll-region';
import { runbookAddress } from '@/lib/telemetry';
import { mono } from '@/theme/typography';
import { blocksOf, type Block, type Inline } from '../markdown';
import { t } from '../words';

export function MarkdownView({ text }: { text: string }) {
  return (
    <Box sx={{ display: 'grid', gap: 1.5, maxWidth: 760, gridTemplateColumns: 'minmax(0, 1fr)' }}>
      {blocksOf(text).map((block, place) => (
        <BlockView key={place} block={block} />
      ))}
    </Box>
  );
}

function BlockView({ block }: { block: Block }) {
  switch (block.kind) {
    case 'heading':
      return (
        <Typography variant={block.level < 3 ? 'h2' : 'h3'} component="h2" sx={{ mt: 1 }}>
          <Inlines content={block.content} />
        </Typography>
      );
    case 'paragraph':
      return (
        <Typography variant="body1" sx={{ overflowWrap: 'anywhere' }}>
          <Inlines content={block.content} />
        </Typography>
      );
    case 'list':
      return (
        <Box
          component={block.ordered ? 'ol' : 'ul'}
          sx={{ m: 0, pl: 3, display: 'grid', gap: 0.75, overflowWrap: 'anywhere' }}
        >
          {block.items.map((content, place) => (
            <Typography key={place} component="li" variant="body1">
              <Inlines content={content} />
            </Typography>
          ))}
        </Box>
      );
    case 'code':
      return <CodeBlock text={block.text} />;
    case 'table':
      return <TableView head={block.head} rows={block.rows} />;
  }
}

function CodeBlock({ text }: { text: string }) {
  return (
    <ScrollRegion label={t('commands', { first: text.split('\n', 1)[0] ?? '' })}>
      <Box
        component="pre"
        sx={(theme) => ({
          m: 0,
          p: 1.5,
          width: 'max-content',
          minWidth: '100%',
          fontFamily: mono,
          fontSize: '0.75rem',
          borderRadius: '8px',
          backgroundColor: theme.vars.palette.surface.sunken,
        })}
      >
        {text}
      </Box>
    </ScrollRegion>
  );
}

function TableView({ head, rows }: { head: Inline[][]; rows: Inline[][][] }) {
  return (
    <ScrollRegion label={t('table', { columns: head.map(plain).join(', ') })}>
      <Box
        component="table"
        sx={(theme) => ({
          borderCollapse: 'collapse',
          fontSize: '0.8125rem',
          '& th, & td': {
            textAlign: 'left',
            verticalAlign: 'top',
            p: '6px 12px 6px 0',
            borderBottom: `1px solid ${theme.vars.palette.divider}`,
          },
        })}
      >
        <thead>
          <tr>
            {head.map((content, place) => (
              <th key={place}>
                <Inlines content={content} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((cells, line) => (
            <tr key={line}>
              {cells.map((content, place) => (
                <td key={place}>
                  <Inlines content={content} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </Box>
    </ScrollRegion>
  );
}

const plain = (content: readonly Inline[]): string => content.map(({ text }) => text).join('');

function Inlines({ content }: { content: readonly Inline[] }) {
  return content.map((part, place) => {
    if (part.kind === 'code') return <Code key={place}>{part.text}</Code>;
    if (part.kind === 'strong') return <strong key={place}>{part.text}</strong>;
    if (part.kind === 'link') return <Way key={place} {...part} />;
    return part.text;
  });
}

/** A link to another runbook or a web page leads there; to any other file it is its text. */
function Way({ text, to }: { text: string; to: string }) {
  const runbook = /^(?:\.\/)?([A-Za-z0-9]+)\.md(?:#.*)?$/.exec(to)?.[1];
  if (runbook !== undefined) {
    return (
      <Link component={RouterLink} to={runbookAddress(runbook)} underline="always">
        {text}
      </Link>
    );
  }
  if (!to.startsWith('https://')) return text;
  return (
    <Link href={to} target="_blank" rel="noreferrer" underline="always">
      {text}
    </Link>
  );
}
