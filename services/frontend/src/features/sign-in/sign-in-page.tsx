// The page for who is not signed in: the password, the second step, the first factor.
import Alert from '@mui/material/Alert';
import Typography from '@mui/material/Typography';
import { lazy, Suspense, useEffect, useState } from 'react';
import { useLocation, useNavigate } from 'react-router';
import { Loading } from '@/components/feedback';
import type { Mfa, SignedOutReason } from '@/lib/session';
import { mfaOf, oidcEnding } from './arrival';
import { Entrance } from './components/entrance';
import { ProviderButton } from './components/provider-button';
import { SignInForm } from './components/sign-in-form';
import { StatusBanner } from './components/status-banner';
import { t } from './words';

const SecondStep = lazy(() => import('./components/second-step'));
const FirstFactor = lazy(() => import('./components/first-factor'));

/** A sign-in that goes on after the password; its address is unknown after a provider's. */
interface Due {
  mfa: Mfa;
  email: string;
}

export function SignInPage({ reason }: { reason: SignedOutReason }) {
  const { hash, search, pathname } = useLocation();
  const navigate = useNavigate();
  const [due, setDue] = useState<Due | null>(() => {
    const mfa = mfaOf(hash);
    return mfa === null ? null : { mfa, email: '' };
  });
  const [late, setLate] = useState(false);
  useEffect(() => {
    // The challenge is for this once: neither history nor a reload should hold it.
    if (mfaOf(hash) !== null) void navigate(pathname, { replace: true });
  }, [hash, pathname, navigate]);

  if (due !== null) {
    const Step = due.mfa.enrol ? FirstFactor : SecondStep;
    return (
      <Suspense fallback={<Coming />}>
        <Step
          mfa={due.mfa}
          email={due.email}
          onLeave={(tooLate) => {
            setDue(null);
            setLate(tooLate);
          }}
        />
      </Suspense>
    );
  }
  const note = noteOf(late, search, reason);
  return (
    <Entrance title={t('signIn')} about={t('signInTo')}>
      <StatusBanner />
      {note !== null && (
        <Alert severity="info" icon={false} role="status">
          {note}
        </Alert>
      )}
      <SignInForm onDue={(mfa, email) => setDue({ mfa, email })} />
      <ProviderButton />
      <Typography variant="caption" color="textSecondary">
        {t('firstRun')} <code>./run up</code> {t('firstRunMade')}
      </Typography>
    </Entrance>
  );
}

function Coming() {
  return (
    <Entrance title={t('step')} about="">
      <Loading rows={2} />
    </Entrance>
  );
}

function noteOf(late: boolean, search: string, reason: SignedOutReason): string | null {
  if (late) return t('tookTooLong');
  const ending = oidcEnding(search);
  if (ending !== null) return t(ending);
  return reason === 'none' ? null : t(reason);
}
