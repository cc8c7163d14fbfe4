// The record as a file: what the filter shows, all of it.
import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import { useState } from 'react';
import { save } from '@/lib/csv';
import { messageOf } from '@/lib/problem';
import { exported, type Format } from '../api/use-audit';
import type { EventFilter } from '../filter';
import { t } from '../words';

const types: Record<Format, string> = { csv: 'text/csv', jsonl: 'application/x-ndjson' };

export function ExportButtons({ filter }: { filter: EventFilter }) {
  const [busy, setBusy] = useState<Format | null>(null);
  const [failure, setFailure] = useState<string | null>(null);

  async function run(format: Format): Promise<void> {
    setBusy(format);
    setFailure(null);
    try {
      save(`audit.${format}`, await exported(filter, format), types[format]);
    } catch (error) {
      setFailure(t('exportFailed', { reason: messageOf(error) }));
    }
    setBusy(null);
  }

  return (
    <>
      {(['csv', 'jsonl'] as const).map((format) => (
        <Button
          key={format}
          variant="outlined"
          loading={busy === format}
          onClick={() => void run(format)}
        >
          {t(format)}
        </Button>
      ))}
      {failure !== null && (
        <Alert severity="error" role="alert" sx={{ width: '100%' }}>
          {failure}
        </Alert>
      )}
    </>
  );
}
