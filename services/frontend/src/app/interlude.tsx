// Between pages: the session is being picked up, or the platform cannot say whether there is one.
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import CircularProgress from '@mui/material/CircularProgress';
import Typography from '@mui/material/Typography';
import { useEffect } from 'react';
import { Brand } from '@/components/brand';
import { StatusBanner } from '@/features/sign-in/components/status-banner';
import { useTitle } from '@/hooks/use-title';
import { session } from '@/lib/client';
import { t } from './words';

/** Ask again this often while nobody can tell, in milliseconds. */
const retryInterval = 4_000;

export function Interlude({ problem }: { problem: Error | null }) {
  useTitle('');
  useEffect(() => {
    if (problem === null) return;
    const timer = setTimeout(() => void session.restore(), retryInterval);
    return () => {
      clearTimeout(timer);
    };
  }, [problem]);
  return (
    <Box
      component="main"
      id="content"
      sx={{ minHeight: '100dvh', display: 'grid', placeItems: 'center', px: 2, py: 4 }}
    >
      {problem === null ? (
        <CircularProgress size={20} aria-label={t('loading')} />
      ) : (
        <Box sx={{ width: '100%', maxWidth: 400, display: 'grid', gap: 2.5 }}>
          <Brand size={26} />
          <Box>
            <Typography variant="h1">{t('unreachable')}</Typography>
            <Typography variant="body2" color="textSecondary">
              {problem.message} {t('askedAgain')}
            </Typography>
          </Box>
          <StatusBanner />
          <Button
            variant="outlined"
            sx={{ justifySelf: 'start' }}
            onClick={() => void session.restore()}
          >
            {t('askNow')}
          </Button>
        </Box>
      )}
    </Box>
  );
}
