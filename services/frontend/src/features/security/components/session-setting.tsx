// How many places the caller is signed in at, and the way to end all others.
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { Link } from 'react-router';
import { ConfirmDialog } from '@/components/confirm-dialog';
import { Setting, SettingBox } from '@/components/setting';
import { useEndOthers, useSessions } from '../api/use-other-sessions';
import { t } from '../words';

export function SessionSetting() {
  const sessions = useSessions();
  const end = useEndOthers();
  const [asking, setAsking] = useState(false);
  const count = sessions.data?.items.length;
  return (
    <Setting title={t('sessions')} about={t('sessionsAbout')}>
      <SettingBox
        foot={
          <>
            <Typography variant="body2" sx={{ flexGrow: 1 }}>
              {sessions.error !== null && t('unreadable')}
              {count !== undefined && t('sessionsCount', { count })}
            </Typography>
            <Button component={Link} to="/sessions">
              {t('sessionsSee')}
            </Button>
            <Button
              variant="outlined"
              disabled={count === undefined || count < 2}
              onClick={() => {
                setAsking(true);
              }}
            >
              {t('sessionsOthers')}
            </Button>
          </>
        }
      />
      {asking && (
        <ConfirmDialog
          title={t('sessionsAsk')}
          confirm={t('sessionsOthers')}
          onConfirm={() => end.mutateAsync()}
          onClose={() => {
            setAsking(false);
          }}
        >
          {t('sessionsWhy')}
        </ConfirmDialog>
      )}
    </Setting>
  );
}
