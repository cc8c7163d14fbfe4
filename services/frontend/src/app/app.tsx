// The providers, and the gate: who is signed in sees the pages, everyone else the way in.
import CssBaseline from '@mui/material/CssBaseline';
import { ThemeProvider } from '@mui/material/styles';
import { QueryClientProvider } from '@tanstack/react-query';
import { lazy, Suspense, useEffect } from 'react';
import { BrowserRouter, useLocation } from 'react-router';
import { useSession } from '@/hooks/use-session';
import { session } from '@/lib/client';
import { SignInPage } from '@/features/sign-in/sign-in-page';
import { modeStorageKey, theme } from '@/theme/theme';
import { ErrorBoundary } from './error-boundary';
import { Interlude } from './interlude';
import { queryClient } from './query-client';
import { Pages } from './pages';
import { StepUpGate } from './step-up-gate';

const PasswordResetPage = lazy(() => import('@/features/sign-in/password-reset-page'));
const InvitationPage = lazy(() => import('@/features/sign-in/invitation-page'));

export function App() {
  return (
    <ThemeProvider theme={theme} defaultMode="system" modeStorageKey={modeStorageKey}>
      <CssBaseline enableColorScheme />
      <ErrorBoundary>
        <QueryClientProvider client={queryClient}>
          <BrowserRouter>
            <Gate />
          </BrowserRouter>
        </QueryClientProvider>
      </ErrorBoundary>
    </ThemeProvider>
  );
}

function Gate() {
  const state = useSession();
  const { pathname } = useLocation();
  useEffect(() => {
    // Before the way in is shown: what it asks for itself must not be forgotten with the rest.
    const leave = session.subscribe(() => {
      if (session.snapshot().phase === 'signed-out') queryClient.clear();
    });
    void session.restore();
    return leave;
  }, []);
  // Pages that mails lead to are open to everyone, signed in or not.
  if (pathname === '/password-reset' || pathname === '/invitation') {
    return (
      <Suspense fallback={<Interlude problem={null} />}>
        {pathname === '/invitation' ? <InvitationPage /> : <PasswordResetPage />}
      </Suspense>
    );
  }
  if (state.phase === 'signed-in') {
    return (
      <>
        <Pages />
        <StepUpGate />
      </>
    );
  }
  if (state.phase === 'signed-out') return <SignInPage reason={state.reason} />;
  return <Interlude problem={state.phase === 'unreachable' ? state.problem : null} />;
}
