// Where releases run: the environments in which each is live.
import type { DeliveryEnvironment } from '@/lib/delivery';

export interface Place {
  environment: string;
  since: string | null;
  /** The deployment that brought it there. */
  deployment: string | null;
}

/** The environments in which a release is live, in the file's order. */
export function placesOf(release: string, environments: readonly DeliveryEnvironment[]): Place[] {
  return environments.flatMap(({ name, services }) =>
    services
      .filter((service) => service.release?.id === release)
      .map(({ since, deployment }) => ({ environment: name, since, deployment })),
  );
}
