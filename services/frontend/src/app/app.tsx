// The providers, and the gate: who is signed in sees the pages, everyone else the way in.
import CssBaseline from '@mui/material/CssBaseline';
import { ThemeProvider } from '@mui/material/styles';
import { QueryClientProvider } from '@tanstack/react-query';
import { useEffect } from 'react';
import { BrowserRouter } from 'react-router';
import { useSession } from '@/hooks/use-session';
import { session } from '@/lib/client';
import { SignInPage } from '@/features/sign-in/sign-in-page';
import { modeStorageKey, theme } from '@/theme/theme';
import { ErrorBoundary } from './error-boundary';
import { Interlude } from './interlude';
import { queryClient } from './query-client';
import { Pages } from './pages';

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
  useEffect(() => {
    void session.restore();
  }, []);
  useEffect(() => {
    if (state.phase === 'signed-out') queryClient.clear();
  }, [state.phase]);
  if (state.phase === 'signed-in') return <Pages />;
  if (state.phase === 'signed-out') return <SignInPage reason={state.reason} />;
  return <Interlude problem={state.phase === 'unreachable' ? state.problem : null} />;
}
