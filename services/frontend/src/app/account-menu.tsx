// Who is signed in, and the ways out.
import Box from '@mui/material/Box';
import ButtonBase from '@mui/material/ButtonBase';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { useUser } from '@/hooks/use-session';
import { session } from '@/lib/client';
import { messageOf } from '@/lib/problem';
import { t } from './words';

export function AccountMenu() {
  const user = useUser();
  const navigate = useNavigate();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  if (user === null) return null;

  async function signOut(): Promise<void> {
    try {
      await session.signOut();
    } catch (error) {
      setFailure(messageOf(error));
    }
  }

  return (
    <>
      <ButtonBase
        aria-haspopup="menu"
        aria-label={t('account', { email: user.email })}
        onClick={(event) => {
          setAnchor(event.currentTarget);
        }}
        sx={{
          flexGrow: 1,
          minWidth: 0,
          p: 0.75,
          gap: 1,
          borderRadius: '7px',
          justifyContent: 'start',
        }}
      >
        <Initial email={user.email} />
        <Box sx={{ minWidth: 0, textAlign: 'left' }}>
          <Typography variant="caption" component="div" noWrap sx={{ fontWeight: 550 }}>
            {user.email}
          </Typography>
          <Typography variant="caption" component="div" color="textSecondary" noWrap>
            {user.role}
          </Typography>
        </Box>
      </ButtonBase>
      <Menu
        open={anchor !== null}
        anchorEl={anchor}
        onClose={() => {
          setAnchor(null);
        }}
      >
        <MenuItem
          onClick={() => {
            setAnchor(null);
            void navigate('/security');
          }}
        >
          {t('security')}
        </MenuItem>
        <MenuItem
          onClick={() => {
            setAnchor(null);
            void navigate('/sessions');
          }}
        >
          {t('sessions')}
        </MenuItem>
        <MenuItem onClick={() => void signOut()}>{t('signOut')}</MenuItem>
        {failure !== null && (
          <Typography
            variant="caption"
            color="error"
            role="alert"
            sx={{ px: 2, display: 'block' }}
          >
            {failure}
          </Typography>
        )}
      </Menu>
    </>
  );
}

function Initial({ email }: { email: string }) {
  return (
    <Box
      aria-hidden
      sx={(theme) => ({
        width: 26,
        height: 26,
        flexShrink: 0,
        display: 'grid',
        placeItems: 'center',
        borderRadius: '50%',
        fontSize: '0.75rem',
        fontWeight: 600,
        color: theme.vars.palette.state.busy.main,
        backgroundColor: theme.vars.palette.state.busy.soft,
      })}
    >
      {email.charAt(0).toUpperCase()}
    </Box>
  );
}
