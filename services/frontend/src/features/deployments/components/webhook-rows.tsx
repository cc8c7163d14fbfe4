// Webhooks as rows; each opens to show what was sent to it.
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Paper from '@mui/material/Paper';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { Age } from '@/components/age';
import { ConfirmDialog } from '@/components/confirm-dialog';
import { Code } from '@/components/facts';
import { HealthMark } from '@/components/health-mark';
import {
  useDeleteWebhook,
  usePingWebhook,
  useTurnWebhook,
  type Webhook,
} from '../api/use-webhooks';
import { t } from '../webhook-words';
import { WebhookDeliveries } from './webhook-deliveries';

export function WebhookRows({ webhooks }: { webhooks: readonly Webhook[] }) {
  return (
    <Paper component="ul" sx={{ listStyle: 'none', m: 0, p: 0 }}>
      {webhooks.map((webhook) => (
        <Row key={webhook.id} webhook={webhook} />
      ))}
    </Paper>
  );
}

function Row({ webhook }: { webhook: Webhook }) {
  const [open, setOpen] = useState(false);
  return (
    <Box
      component="li"
      sx={(theme) => ({
        px: 2,
        py: 1.5,
        '& + &': { borderTop: `1px solid ${theme.vars.palette.divider}` },
      })}
    >
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1.5, alignItems: 'center' }}>
        <Box sx={{ flexGrow: 1, flexBasis: 280, minWidth: 0 }}>
          <Typography variant="body2" sx={{ overflowWrap: 'anywhere' }}>
            <Code>{webhook.url}</Code>
          </Typography>
          <Typography
            variant="caption"
            component="div"
            color="textSecondary"
            sx={{ overflowWrap: 'anywhere' }}
          >
            {webhook.types.join(', ') || t('allTypes')} ·{' '}
            {webhook.environment ?? t('anyEnvironment')} · <Age value={webhook.created_at} />
          </Typography>
        </Box>
        <HealthMark
          badge
          health={webhook.enabled ? 'good' : 'idle'}
          label={t(webhook.enabled ? 'on' : 'off')}
        />
        <Deeds
          webhook={webhook}
          open={open}
          onOpen={() => {
            setOpen(!open);
          }}
        />
      </Box>
      {open && <WebhookDeliveries webhook={webhook.id} />}
    </Box>
  );
}

interface DeedsProps {
  webhook: Webhook;
  open: boolean;
  onOpen: () => void;
}

function Deeds({ webhook, open, onOpen }: DeedsProps) {
  const turn = useTurnWebhook();
  const ping = usePingWebhook();
  const remove = useDeleteWebhook();
  const [removing, setRemoving] = useState(false);
  return (
    <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 0.5 }}>
      <Button aria-expanded={open} onClick={onOpen}>
        {t(open ? 'hide' : 'deliveries')}
      </Button>
      <Button
        loading={ping.isPending}
        disabled={!webhook.enabled}
        onClick={() => {
          ping.mutate(webhook.id);
          if (!open) onOpen();
        }}
      >
        {t('ping')}
      </Button>
      <Button
        onClick={() => {
          turn.mutate({ id: webhook.id, enabled: !webhook.enabled });
        }}
      >
        {t(webhook.enabled ? 'turnOff' : 'turnOn')}
      </Button>
      <Button
        color="error"
        onClick={() => {
          setRemoving(true);
        }}
      >
        {t('remove')}
      </Button>
      {removing && (
        <ConfirmDialog
          title={t('removeTitle')}
          confirm={t('remove')}
          onConfirm={() => remove.mutateAsync(webhook.id)}
          onClose={() => {
            setRemoving(false);
          }}
        >
          {t('removes', { url: webhook.url })}
        </ConfirmDialog>
      )}
    </Box>
  );
}
