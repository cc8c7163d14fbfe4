// Opens the question for a fresh proof when a call needs one; its code is loaded then.
import { lazy, Suspense, useEffect, useSyncExternalStore } from 'react';
import { stepUp } from '@/lib/client';

const StepUpDialog = lazy(() => import('@/features/step-up/step-up-dialog'));

export function StepUpGate() {
  const asking = useSyncExternalStore(stepUp.subscribe, stepUp.snapshot);
  useEffect(
    () => () => {
      // Whoever is signed out meanwhile can prove nothing any more.
      stepUp.settle(false);
    },
    [],
  );
  if (!asking) return null;
  return (
    <Suspense>
      <StepUpDialog onEnd={stepUp.settle} />
    </Suspense>
  );
}
