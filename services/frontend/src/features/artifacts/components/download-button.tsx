// Fetches a file, compares its digest, and only then saves it.
import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { messageOf } from '@/lib/problem';
import { fileSize } from '@/lib/quantity';
import { fetched, type Artifact } from '../api/use-artifacts';
import { t } from '../words';

export function Download({ artifact }: { artifact: Artifact }) {
  const [received, setReceived] = useState(0);
  const run = useMutation({
    mutationFn: async () => {
      const url = URL.createObjectURL(await fetched(artifact, setReceived));
      const link = document.createElement('a');
      link.href = url;
      link.download = artifact.name;
      link.click();
      URL.revokeObjectURL(url);
    },
  });
  const sizes = { sent: fileSize(received), size: fileSize(artifact.size) };
  return (
    <>
      <Button
        variant="contained"
        disabled={run.isPending}
        onClick={() => {
          run.mutate();
        }}
      >
        {run.isPending ? t('downloading', sizes) : t('download')}
      </Button>
      {run.isSuccess && (
        <Alert severity="success" role="status" sx={{ order: 1, width: '100%' }}>
          {t('verified')}
        </Alert>
      )}
      {run.error !== null && (
        <Alert severity="error" role="alert" sx={{ order: 1, width: '100%' }}>
          {t('notDone', { reason: messageOf(run.error) })}
        </Alert>
      )}
    </>
  );
}
