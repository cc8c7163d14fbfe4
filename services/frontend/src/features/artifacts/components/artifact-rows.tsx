// Files as rows; one opens to show all that is known of it.
import ButtonBase from '@mui/material/ButtonBase';
import Paper from '@mui/material/Paper';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import { Age } from '@/components/age';
import { fileSize } from '@/lib/quantity';
import type { Artifact } from '../api/use-artifacts';
import { t } from '../words';

interface ArtifactRowsProps {
  artifacts: readonly Artifact[];
  onOpen: (artifact: string) => void;
}

const tabletUp = { display: { xs: 'none', sm: 'table-cell' } };

export function ArtifactRows({ artifacts, onOpen }: ArtifactRowsProps) {
  return (
    <Paper sx={{ overflow: 'hidden' }}>
      <Table aria-label={t('title')}>
        <TableHead>
          <TableRow>
            <TableCell>{t('name')}</TableCell>
            <TableCell>{t('kind')}</TableCell>
            <TableCell sx={tabletUp}>{t('addedBy')}</TableCell>
            <TableCell align="right">{t('size')}</TableCell>
            <TableCell sx={tabletUp} align="right">
              {t('added')}
            </TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {artifacts.map((artifact) => (
            <TableRow key={artifact.id} hover>
              <TableCell sx={{ overflowWrap: 'anywhere' }}>
                <ButtonBase
                  onClick={() => {
                    onOpen(artifact.id);
                  }}
                  sx={{
                    fontSize: 'inherit',
                    fontFamily: 'inherit',
                    fontWeight: 550,
                    textAlign: 'left',
                    '&:hover': { textDecoration: 'underline' },
                  }}
                >
                  {artifact.name}
                </ButtonBase>
              </TableCell>
              <TableCell>{artifact.kind}</TableCell>
              <TableCell sx={{ ...tabletUp, overflowWrap: 'anywhere' }}>
                {artifact.created_by ?? '–'}
              </TableCell>
              <TableCell align="right" sx={{ whiteSpace: 'nowrap' }}>
                {fileSize(artifact.size)}
              </TableCell>
              <TableCell sx={{ ...tabletUp, whiteSpace: 'nowrap' }} align="right">
                <Age value={artifact.created_at} />
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Paper>
  );
}
