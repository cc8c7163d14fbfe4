// The caller's factors: what there is, adding one, its recovery codes.
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { ConfirmDialog } from '@/components/confirm-dialog';
import { Empty, Failure, Loading } from '@/components/feedback';
import { PanelDialog } from '@/components/panel-dialog';
import { RecoveryCodes } from '@/components/recovery-codes';
import { Rows } from '@/components/row';
import { Setting, SettingBox } from '@/components/setting';
import { useUser } from '@/hooks/use-session';
import { useFactors, useRemoveFactor, type Factor } from '../api/use-factors';
import { t } from '../words';
import { FactorDialog } from './factor-dialog';
import { FactorRow } from './factor-row';
import { RenameDialog } from './rename-dialog';
import { RenewDialog } from './renew-dialog';

/** What is open over the page. */
type Open =
  | { what: 'add'; kind: Factor['kind'] }
  | { what: 'rename' | 'remove'; factor: Factor }
  | { what: 'renew' }
  | { what: 'codes'; codes: readonly string[] }
  | null;

export function FactorSetting() {
  const factors = useFactors();
  const [open, setOpen] = useState<Open>(null);
  const close = (): void => {
    setOpen(null);
  };
  const items = factors.data?.items ?? [];
  return (
    <Setting title={t('factors')} about={t('factorsAbout')}>
      {factors.isPending && <Loading rows={2} height={56} />}
      {factors.error !== null && factors.data === undefined && (
        <Failure
          title={t('factorsUnreadable')}
          error={factors.error}
          onRetry={() => void factors.refetch()}
        />
      )}
      {factors.data !== undefined && (
        <SettingBox
          foot={
            <Foot
              left={factors.data.recovery_codes_left}
              any={items.length > 0}
              onOpen={setOpen}
            />
          }
        >
          {items.length === 0 && (
            <Empty compact icon="security" title={t('factorsNone')}>
              {factors.data.required && t('factorsNeed')}
            </Empty>
          )}
          {items.length > 0 && (
            <Rows label={t('factors')}>
              {items.map((factor) => (
                <FactorRow
                  key={factor.id}
                  factor={factor}
                  onRename={() => setOpen({ what: 'rename', factor })}
                  onRemove={() => setOpen({ what: 'remove', factor })}
                />
              ))}
            </Rows>
          )}
        </SettingBox>
      )}
      <Dialogs open={open} onOpen={setOpen} onClose={close} />
    </Setting>
  );
}

interface FootProps {
  left: number;
  any: boolean;
  onOpen: (open: Open) => void;
}

function Foot({ left, any, onOpen }: FootProps) {
  return (
    <>
      <Button variant="outlined" onClick={() => onOpen({ what: 'add', kind: 'totp' })}>
        {t('addTotp')}
      </Button>
      <Button variant="outlined" onClick={() => onOpen({ what: 'add', kind: 'passkey' })}>
        {t('addPasskey')}
      </Button>
      {any && (
        <>
          <Typography
            variant="body2"
            sx={{ ml: { sm: 'auto' }, color: left < 3 ? 'warning.main' : 'text.secondary' }}
          >
            {t('codesLeft', { count: left })}
          </Typography>
          <Button onClick={() => onOpen({ what: 'renew' })}>{t('renew')}</Button>
        </>
      )}
    </>
  );
}

interface DialogsProps {
  open: Open;
  onOpen: (open: Open) => void;
  onClose: () => void;
}

function Dialogs({ open, onOpen, onClose }: DialogsProps) {
  const user = useUser();
  const remove = useRemoveFactor();
  const shown = (codes: readonly string[]): void => {
    onOpen(codes.length === 0 ? null : { what: 'codes', codes });
  };
  if (open === null) return null;
  if (open.what === 'add') {
    return <FactorDialog kind={open.kind} onAdded={shown} onClose={onClose} />;
  }
  if (open.what === 'rename') return <RenameDialog factor={open.factor} onClose={onClose} />;
  if (open.what === 'codes') {
    return (
      <PanelDialog title={t('codes')}>
        <RecoveryCodes codes={open.codes} email={user?.email ?? ''} onKept={onClose} />
      </PanelDialog>
    );
  }
  if (open.what === 'renew') return <RenewDialog onMade={shown} onClose={onClose} />;
  const { factor } = open;
  return (
    <ConfirmDialog
      title={t('removeAsk', { name: factor.name })}
      confirm={t('remove')}
      onConfirm={() => remove.mutateAsync(factor.id)}
      onClose={onClose}
    >
      {t('removeWhy')}
    </ConfirmDialog>
  );
}
