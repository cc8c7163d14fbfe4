// What else can be done to a user: look at the access, end sessions, reset factors, delete.
import IconButton from '@mui/material/IconButton';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import { useState } from 'react';
import { ConfirmDialog } from '@/components/confirm-dialog';
import { Icon } from '@/components/icon';
import { useUndo, type Undoing } from '../api/use-access';
import type { User } from '../api/use-users';
import { t } from '../words';
import { AccessDialog } from './access-dialog';

const questions = {
  sessions: ['endAsk', 'endWhy', 'endSessions'],
  factors: ['resetAsk', 'resetWhy', 'resetFactors'],
  user: ['removeAsk', 'removeUser', 'remove'],
} as const;

export function UserMenu({ user, own }: { user: User; own: boolean }) {
  const { email } = user;
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const [asked, setAsked] = useState<Undoing | 'access' | null>(null);
  const ask = (what: Undoing | 'access'): void => {
    setAnchor(null);
    setAsked(what);
  };
  const close = (): void => {
    setAsked(null);
  };
  return (
    <>
      <IconButton
        aria-label={t('moreOf', { email })}
        aria-haspopup="menu"
        onClick={(event) => {
          setAnchor(event.currentTarget);
        }}
      >
        <Icon name="more" />
      </IconButton>
      <Menu
        open={anchor !== null}
        anchorEl={anchor}
        onClose={() => {
          setAnchor(null);
        }}
      >
        <MenuItem onClick={() => ask('access')}>{t('access')}</MenuItem>
        <MenuItem onClick={() => ask('sessions')}>{t('endSessions')}</MenuItem>
        <MenuItem disabled={own || !user.mfa} onClick={() => ask('factors')}>
          {t('resetFactors')}
        </MenuItem>
        <MenuItem disabled={own} onClick={() => ask('user')} sx={{ color: 'error.main' }}>
          {t('remove')}
        </MenuItem>
      </Menu>
      {asked === 'access' && <AccessDialog user={user} onClose={close} />}
      {asked !== null && asked !== 'access' && (
        <Question user={user} what={asked} onClose={close} />
      )}
    </>
  );
}

interface QuestionProps {
  user: User;
  what: Undoing;
  onClose: () => void;
}

function Question({ user, what, onClose }: QuestionProps) {
  const undo = useUndo(user.id);
  const [title, why, confirm] = questions[what];
  return (
    <ConfirmDialog
      title={t(title, { email: user.email, name: user.email })}
      confirm={t(confirm)}
      onConfirm={() => undo.mutateAsync(what)}
      onClose={onClose}
    >
      {t(why)}
    </ConfirmDialog>
  );
}
