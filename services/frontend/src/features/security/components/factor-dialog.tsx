// Adding a factor: a code generator or a passkey.
import { PanelDialog } from '@/components/panel-dialog';
import { PasskeySetup } from '@/components/passkey-setup';
import { TotpSetup } from '@/components/totp-setup';
import {
  beginPasskey,
  beginTotp,
  useConfirmPasskey,
  useConfirmTotp,
  type Factor,
} from '../api/use-factors';
import { t } from '../words';

interface FactorDialogProps {
  kind: Factor['kind'];
  /** Called with the recovery codes that come with a first factor. */
  onAdded: (codes: readonly string[]) => void;
  onClose: () => void;
}

export function FactorDialog({ kind, onAdded, onClose }: FactorDialogProps) {
  const totp = useConfirmTotp();
  const passkey = useConfirmPasskey();
  return (
    <PanelDialog title={kind === 'totp' ? t('addTotp') : t('addPasskey')} onClose={onClose}>
      {kind === 'totp' ? (
        <TotpSetup
          begin={beginTotp}
          confirm={async (first) => {
            onAdded((await totp.mutateAsync(first)).recovery_codes);
          }}
        />
      ) : (
        <PasskeySetup
          begin={beginPasskey}
          confirm={async (made) => {
            onAdded((await passkey.mutateAsync(made)).recovery_codes);
          }}
        />
      )}
    </PanelDialog>
  );
}
