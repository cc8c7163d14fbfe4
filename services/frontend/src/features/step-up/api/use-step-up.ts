// With what the session can be proven anew, and the proof.
import { useMutation, useQuery } from '@tanstack/react-query';
import { answerOf, api } from '@/lib/client';
import type { components } from '@/lib/schema';

export type StepUpDue = components['schemas']['StepUpDue'];
export type Proof =
  | components['schemas']['PasswordProof']
  | components['schemas']['CodeProof']
  | components['schemas']['PasskeyProof'];

/** A challenge is for once: each dialog asks for its own. */
export function useStepUpDue(id: string) {
  return useQuery({
    queryKey: ['step-up', id],
    queryFn: () => answerOf(api.POST('/api/v1/identity/step-up/challenge')),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
}

export function useProve() {
  return useMutation({
    mutationFn: (make: () => Promise<Proof> | Proof) =>
      Promise.resolve(make()).then((body) =>
        answerOf(api.POST('/api/v1/identity/step-up', { body })),
      ),
  });
}
