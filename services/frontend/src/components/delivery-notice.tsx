// Says when what is shown of deliveries is not live.
import { useLiveness } from '@/hooks/use-delivery';
import { StaleNotice } from './feedback';

export function DeliveryNotice() {
  if (useLiveness() !== 'waiting') return null;
  return (
    <StaleNotice>
      Events do not come at the moment. The page asks every few seconds until they do.
    </StaleNotice>
  );
}
