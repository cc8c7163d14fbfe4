// The way in by another provider; nothing where none is set.
import Button from '@mui/material/Button';
import { ProblemAlert } from '@/components/problem-alert';
import { useProvider, useProviderSignIn } from '../api/use-provider';
import { t } from '../words';

export function ProviderButton() {
  const provider = useProvider();
  const start = useProviderSignIn();
  if (provider.data?.enabled !== true) return null;
  return (
    <>
      <Button
        variant="outlined"
        loading={start.isPending}
        sx={{ minHeight: 38 }}
        onClick={() => {
          start.mutate();
        }}
      >
        {t('provider', { name: provider.data.name ?? '' })}
      </Button>
      <ProblemAlert error={start.error} />
    </>
  );
}
