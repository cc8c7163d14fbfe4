// All releases that the filter shows, as a CSV file.
import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import { useMutation } from '@tanstack/react-query';
import { useDeliveryEnvironments } from '@/hooks/use-delivery';
import { csvOf, save } from '@/lib/csv';
import { messageOf } from '@/lib/problem';
import { everyRelease } from '../api/use-release';
import { columns, rowsOf } from '../export';
import { t } from '../words';

export function ExportButton({ service }: { service: string }) {
  const environments = useDeliveryEnvironments().data?.items ?? [];
  const run = useMutation({
    mutationFn: async () => {
      const rows = rowsOf(await everyRelease(service), environments);
      save('releases.csv', csvOf(columns, rows));
    },
  });
  return (
    <>
      <Button
        variant="outlined"
        loading={run.isPending}
        onClick={() => {
          run.mutate();
        }}
      >
        {t('csv')}
      </Button>
      {run.error !== null && (
        <Alert severity="error" role="alert" sx={{ width: '100%' }}>
          {t('exportFailed', { reason: messageOf(run.error) })}
        </Alert>
      )}
    </>
  );
}
