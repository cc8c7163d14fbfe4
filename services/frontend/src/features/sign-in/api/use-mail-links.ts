// What the links in mails are good for: another password, or becoming a user.
import { useMutation } from '@tanstack/react-query';
import { answerOf, api } from '@/lib/client';

export function useAskReset() {
  return useMutation({
    mutationFn: (email: string) =>
      answerOf(api.POST('/api/v1/identity/password-reset', { body: { email } })),
  });
}

interface Chosen {
  token: string;
  password: string;
}

export function useReset() {
  return useMutation({
    mutationFn: (body: Chosen) =>
      answerOf(api.POST('/api/v1/identity/password-reset/complete', { body })),
  });
}

export function useAccept() {
  return useMutation({
    mutationFn: (body: Chosen) =>
      answerOf(api.POST('/api/v1/identity/invitations/accept', { body })),
  });
}
