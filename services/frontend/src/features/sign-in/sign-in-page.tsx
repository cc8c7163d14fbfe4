// The page for who is not signed in: the form, why they are here, and how the platform is.
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Paper from '@mui/material/Paper';
import Typography from '@mui/material/Typography';
import { Brand } from '@/components/brand';
import { useTitle } from '@/hooks/use-title';
import type { SignedOutReason } from '@/lib/session';
import { SignInForm } from './components/sign-in-form';
import { StatusBanner } from './components/status-banner';

const reasons: Record<SignedOutReason, string | null> = {
  none: null,
  left: 'You are signed out.',
  ended: 'Your session has ended. Sign in again to go on where you were.',
  elsewhere: 'You signed out in another tab.',
};

export function SignInPage({ reason }: { reason: SignedOutReason }) {
  useTitle('Sign in');
  const note = reasons[reason];
  return (
    <Box
      component="main"
      id="content"
      sx={(theme) => ({
        minHeight: '100dvh',
        display: 'grid',
        placeItems: 'center',
        px: 2,
        py: 4,
        backgroundImage: `radial-gradient(${theme.vars.palette.surface.grid} 1.2px, transparent 1.2px)`,
        backgroundSize: '20px 20px',
      })}
    >
      <Paper
        sx={{
          width: '100%',
          maxWidth: 416,
          p: { xs: 2.5, sm: 3.5 },
          display: 'grid',
          gap: 2.5,
          borderRadius: '14px',
        }}
      >
        <Brand size={26} />
        <Box>
          <Typography variant="h1">Sign in</Typography>
          <Typography variant="body2" color="textSecondary">
            to see the platform, its services and their state
          </Typography>
        </Box>
        <StatusBanner />
        {note !== null && (
          <Alert severity="info" icon={false} role="status">
            {note}
          </Alert>
        )}
        <SignInForm />
        <Typography variant="caption" color="textSecondary">
          On your own machine, <code>./run up</code> made the first administrator and says where
          the password is kept.
        </Typography>
      </Paper>
    </Box>
  );
}
