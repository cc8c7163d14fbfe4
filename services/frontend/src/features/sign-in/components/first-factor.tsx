// A role that needs a factor, and somebody who has none: set the first one up, keep its codes.
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import ButtonBase from '@mui/material/ButtonBase';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { Icon, type IconName } from '@/components/icon';
import { PasskeySetup } from '@/components/passkey-setup';
import { RecoveryCodes } from '@/components/recovery-codes';
import { TotpSetup } from '@/components/totp-setup';
import { session } from '@/lib/client';
import type { Enrolled } from '@/lib/session';
import type { components } from '@/lib/schema';
import { t } from '../words';
import { Entrance } from './entrance';
import type { StepProps } from './second-step';

type Schemas = components['schemas'];
type Kind = 'totp' | 'passkey';

export default function FirstFactor({ mfa, email, onLeave }: StepProps) {
  const { challenge } = mfa;
  const [kind, setKind] = useState<Kind | null>(null);
  const [enrolled, setEnrolled] = useState<Enrolled | null>(null);
  if (enrolled !== null) {
    return (
      <Entrance title={t('codes')} about={t('codesTo')}>
        <RecoveryCodes codes={enrolled.recoveryCodes} email={email} onKept={enrolled.proceed} />
      </Entrance>
    );
  }
  return (
    <Entrance title={t('enrol')} about={t('enrolTo')}>
      {kind === null && <Choice onChoose={setKind} />}
      {kind === 'totp' && (
        <TotpSetup
          begin={() => session.beginEnrolment<Schemas['TotpEnrolment']>('totp', challenge)}
          confirm={async (first) => {
            setEnrolled(await session.enrol('totp', { ...first, challenge }));
          }}
        />
      )}
      {kind === 'passkey' && (
        <PasskeySetup
          begin={() => session.beginEnrolment<Schemas['PasskeyEnrolment']>('passkey', challenge)}
          confirm={async (made) => {
            setEnrolled(await session.enrol('passkey', { ...made, challenge }));
          }}
        />
      )}
      <Box sx={{ display: 'flex', justifyContent: 'center', gap: 0.5 }}>
        {kind !== null && (
          <Button
            onClick={() => {
              setKind(null);
            }}
          >
            {t('choose')}
          </Button>
        )}
        <Button
          onClick={() => {
            onLeave(false);
          }}
        >
          {t('back')}
        </Button>
      </Box>
    </Entrance>
  );
}

const kinds: readonly [Kind, IconName, 'enrolTotp' | 'enrolPasskey'][] = [
  ['totp', 'cache', 'enrolTotp'],
  ['passkey', 'key', 'enrolPasskey'],
];

function Choice({ onChoose }: { onChoose: (kind: Kind) => void }) {
  return (
    <Box sx={{ display: 'grid', gap: 1 }}>
      {kinds.map(([kind, icon, words]) => (
        <ButtonBase
          key={kind}
          onClick={() => {
            onChoose(kind);
          }}
          sx={(theme) => ({
            display: 'flex',
            justifyContent: 'start',
            textAlign: 'left',
            gap: 1.5,
            p: 1.5,
            borderRadius: '9px',
            border: `1px solid ${theme.vars.palette.divider}`,
            '&:hover': { backgroundColor: theme.vars.palette.action.hover },
          })}
        >
          <Icon name={icon} size={18} sx={{ color: 'text.secondary' }} />
          <Box component="span">
            <Typography
              variant="body2"
              component="span"
              sx={{ display: 'block', fontWeight: 550 }}
            >
              {t(words)}
            </Typography>
            <Typography variant="caption" component="span" color="textSecondary">
              {t(`${words}About`)}
            </Typography>
          </Box>
          <Icon name="chevronRight" sx={{ ml: 'auto', color: 'text.secondary' }} />
        </ButtonBase>
      ))}
    </Box>
  );
}
