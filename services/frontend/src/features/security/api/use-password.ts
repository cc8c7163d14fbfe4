// Another password for the caller.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { answerOf, api } from '@/lib/client';

interface PasswordChange {
  current: string;
  new: string;
}

export function useChangePassword() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: PasswordChange) =>
      answerOf(api.POST('/api/v1/identity/password', { body })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['sessions'] }),
  });
}
