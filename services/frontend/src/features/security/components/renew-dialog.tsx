// Asks before the recovery codes are replaced.
import Typography from '@mui/material/Typography';
import { FormDialog } from '@/components/form-dialog';
import { useRenewCodes } from '../api/use-factors';
import { t } from '../words';

interface RenewDialogProps {
  onMade: (codes: readonly string[]) => void;
  onClose: () => void;
}

export function RenewDialog({ onMade, onClose }: RenewDialogProps) {
  const renew = useRenewCodes();
  return (
    <FormDialog
      title={t('renewAsk')}
      submit={t('renew')}
      busy={renew.isPending}
      error={renew.error}
      onClose={onClose}
      onSubmit={() => {
        renew.mutate(undefined, { onSuccess: (made) => onMade(made.recovery_codes) });
      }}
    >
      <Typography variant="body2">{t('renewWhy')}</Typography>
    </FormDialog>
  );
}
