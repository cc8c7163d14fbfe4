// Between pages: the session is being picked up, or the platform does not answer yet.
import Box from '@mui/material/Box';
import CircularProgress from '@mui/material/CircularProgress';
import { useEffect } from 'react';
import { Brand } from '@/components/brand';
import { Failure } from '@/components/feedback';
import { session } from '@/lib/client';
import { unreachable as noAnswer } from '@/lib/problem';

/** Ask again this often while nobody answers, in milliseconds. */
const retryInterval = 4_000;

export function Interlude({ unreachable }: { unreachable: boolean }) {
  useEffect(() => {
    if (!unreachable) return;
    const timer = setTimeout(() => void session.restore(), retryInterval);
    return () => {
      clearTimeout(timer);
    };
  }, [unreachable]);
  return (
    <Box
      component="main"
      sx={{ minHeight: '100dvh', display: 'grid', placeContent: 'center', gap: 2.5, px: 2 }}
    >
      <Brand size={26} />
      {unreachable ? (
        <Failure
          title="Your session could not be checked"
          error={noAnswer()}
          onRetry={() => void session.restore()}
        />
      ) : (
        <CircularProgress size={20} aria-label="Loading" />
      )}
    </Box>
  );
}
