// What was sent to a webhook lately, and how it went.
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { Age } from '@/components/age';
import { Code } from '@/components/facts';
import { Failure, Loading } from '@/components/feedback';
import { HealthMark } from '@/components/health-mark';
import { useResend, useWebhookDeliveries, type WebhookDelivery } from '../api/use-webhooks';
import { t } from '../webhook-words';

export function WebhookDeliveries({ webhook }: { webhook: string }) {
  const deliveries = useWebhookDeliveries(webhook);
  const resend = useResend(webhook);
  if (deliveries.isPending) return <Loading rows={2} height={28} />;
  if (deliveries.data === undefined) {
    return <Failure title={t('deliveriesUnreadable')} error={deliveries.error} />;
  }
  if (deliveries.data.items.length === 0) {
    return (
      <Typography variant="body2" color="textSecondary" sx={{ mt: 1 }}>
        {t('noDeliveries')}
      </Typography>
    );
  }
  return (
    <Box component="ul" sx={{ listStyle: 'none', m: 0, mt: 1, p: 0 }}>
      {deliveries.data.items.map((delivery) => (
        <Row
          key={delivery.id}
          delivery={delivery}
          onResend={() => {
            resend.mutate(delivery.id);
          }}
        />
      ))}
    </Box>
  );
}

const marks = { pending: 'busy', delivered: 'good', failed: 'bad' } as const;

function Row({ delivery, onResend }: { delivery: WebhookDelivery; onResend: () => void }) {
  const { state, status, problem } = delivery;
  const answer = status === null ? (problem ?? '') : `HTTP ${String(status)}`;
  return (
    <Box
      component="li"
      sx={{
        display: 'flex',
        flexWrap: 'wrap',
        columnGap: 1.5,
        alignItems: 'center',
        minHeight: 34,
      }}
    >
      <HealthMark health={marks[state]} label={t(state)} />
      <Typography variant="body2">
        <Code>{delivery.type}</Code>
      </Typography>
      <Typography variant="caption" color="textSecondary" sx={{ flexGrow: 1, minWidth: 0 }}>
        {[answer, t('attempts', { count: delivery.attempts })].filter(Boolean).join(' · ')} ·{' '}
        <Age value={delivery.attempted_at ?? delivery.created_at} />
      </Typography>
      {state === 'failed' && <Button onClick={onResend}>{t('again')}</Button>}
    </Box>
  );
}
