// The public state of the platform, read while somebody waits to sign in.
import { useQuery } from '@tanstack/react-query';
import { fetchPublicStatus } from '@/lib/public-status';

export function usePublicStatus() {
  return useQuery({
    queryKey: ['public-status'],
    queryFn: ({ signal }) => fetchPublicStatus(signal),
    refetchInterval: 3_000,
    retry: false,
  });
}
