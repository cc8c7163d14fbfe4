// The caller's API tokens.
import Button from '@mui/material/Button';
import { useState } from 'react';
import { Icon } from '@/components/icon';
import { Setting, SettingBox } from '@/components/setting';
import { TokenDialog } from '@/components/token-dialog';
import { TokenRows } from '@/components/token-rows';
import type { Owner } from '@/hooks/use-tokens';
import { t } from '../words';

const mine: Owner = { kind: 'me' };

export function TokenSetting() {
  const [creating, setCreating] = useState(false);
  return (
    <Setting title={t('tokens')} about={t('tokensAbout')}>
      <SettingBox
        foot={
          <Button
            variant="outlined"
            startIcon={<Icon name="plus" size={14} />}
            onClick={() => {
              setCreating(true);
            }}
          >
            {t('tokenCreate')}
          </Button>
        }
      >
        <TokenRows owner={mine} />
      </SettingBox>
      {creating && (
        <TokenDialog
          owner={mine}
          onClose={() => {
            setCreating(false);
          }}
        />
      )}
    </Setting>
  );
}
