// All that is known of one file, and what can be done with it.
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Drawer from '@mui/material/Drawer';
import IconButton from '@mui/material/IconButton';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { Age } from '@/components/age';
import { ConfirmDialog } from '@/components/confirm-dialog';
import { Code, Facts } from '@/components/facts';
import { Empty, Failure, Loading } from '@/components/feedback';
import { Icon } from '@/components/icon';
import { useHolds } from '@/hooks/use-session';
import { ProblemError } from '@/lib/problem';
import { fileSize } from '@/lib/quantity';
import { moment } from '@/lib/time';
import { useArtifact, useDeleteArtifact, type Artifact } from '../api/use-artifacts';
import { t } from '../words';
import { Download } from './download-button';
import { LinkMaker } from './link-maker';

interface ArtifactDetailsProps {
  artifact: string;
  onClose: () => void;
}

export function ArtifactDetails({ artifact, onClose }: ArtifactDetailsProps) {
  const found = useArtifact(artifact);
  const missing = found.error instanceof ProblemError && [400, 404].includes(found.error.status);
  return (
    <Drawer
      open
      anchor="right"
      onClose={onClose}
      slotProps={{
        paper: { sx: { width: 'min(100vw, 480px)', p: 2.5 }, 'aria-label': t('details') },
      }}
    >
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 1, mb: 2 }}>
        <Typography variant="h2" sx={{ flexGrow: 1, overflowWrap: 'anywhere' }}>
          {found.data?.name ?? t('details')}
        </Typography>
        <IconButton aria-label={t('close')} onClick={onClose}>
          <Icon name="close" />
        </IconButton>
      </Box>
      {found.isPending && <Loading rows={4} />}
      {missing && <Empty icon="search" title={t('missing')} />}
      {found.error !== null && !missing && (
        <Failure
          title={t('oneUnreadable')}
          error={found.error}
          onRetry={() => void found.refetch()}
        />
      )}
      {found.data !== undefined && <Known artifact={found.data} onDeleted={onClose} />}
    </Drawer>
  );
}

function Known({ artifact, onDeleted }: { artifact: Artifact; onDeleted: () => void }) {
  const operator = useHolds('operator');
  return (
    <Box sx={{ display: 'grid', gap: 2.5 }}>
      <Facts
        facts={[
          [t('size'), fileSize(artifact.size)],
          [t('kind'), artifact.kind],
          [t('type'), <Code key="type">{artifact.media_type}</Code>],
          [t('digest'), <Code key="digest">{artifact.sha256}</Code>],
          [t('subject'), artifact.subject ?? '–'],
          [t('addedBy'), artifact.created_by ?? '–'],
          [t('added'), <Age key="added" value={artifact.created_at} />],
          [t('keptUntil'), moment(artifact.expires_at)],
        ]}
      />
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1 }}>
        <Download artifact={artifact} />
        {operator && <Delete artifact={artifact} onDeleted={onDeleted} />}
      </Box>
      {operator && <LinkMaker artifact={artifact.id} />}
    </Box>
  );
}

function Delete({ artifact, onDeleted }: { artifact: Artifact; onDeleted: () => void }) {
  const remove = useDeleteArtifact();
  const [asked, setAsked] = useState(false);
  return (
    <>
      <Button
        variant="outlined"
        startIcon={<Icon name="trash" size={14} />}
        onClick={() => {
          setAsked(true);
        }}
      >
        {t('remove')}
      </Button>
      {asked && (
        <ConfirmDialog
          title={t('removeTitle')}
          confirm={t('remove')}
          onConfirm={async () => {
            await remove.mutateAsync(artifact.id);
            onDeleted();
          }}
          onClose={() => {
            setAsked(false);
          }}
        >
          {t('removes', { name: artifact.name, size: fileSize(artifact.size) })}
        </ConfirmDialog>
      )}
    </>
  );
}
