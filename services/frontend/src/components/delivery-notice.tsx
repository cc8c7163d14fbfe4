// Says when what is shown of deliveries is not live.
import { useLiveness } from '@/hooks/use-delivery';
import { StaleNotice } from './feedback';
import { t } from './notice-words';

export function DeliveryNotice() {
  if (useLiveness() !== 'waiting') return null;
  return <StaleNotice>{t('eventsAway')}</StaleNotice>;
}
