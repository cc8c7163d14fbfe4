// Channels as rows: where each leads, what of, and what can be done with it.
import Button from '@mui/material/Button';
import Paper from '@mui/material/Paper';
import { useState } from 'react';
import { ConfirmDialog } from '@/components/confirm-dialog';
import { HealthMark } from '@/components/health-mark';
import { ProblemAlert } from '@/components/problem-alert';
import { Row, Rows } from '@/components/row';
import {
  useDeleteChannel,
  useTestChannel,
  useTurnChannel,
  type Channel,
} from '../api/use-channels';
import { t } from '../channel-words';

export function ChannelRows({ channels }: { channels: readonly Channel[] }) {
  return (
    <Paper>
      <Rows label={t('title')}>
        {channels.map((channel) => (
          <Row
            key={channel.id}
            icon={channel.kind === 'mail' ? 'mail' : 'external'}
            name={channel.name}
            beside={
              <HealthMark
                badge
                health={channel.enabled ? 'good' : 'idle'}
                label={t(channel.enabled ? 'on' : 'off')}
              />
            }
            about={about(channel)}
          >
            <Deeds channel={channel} />
          </Row>
        ))}
      </Rows>
    </Paper>
  );
}

function about({ kind, target, severities, last_problem: problem }: Channel): string {
  const parts = [t(kind), target, severities.join(', ') || t('all')];
  return [...parts, ...(problem === null ? [] : [t('lastProblem', { problem })])].join(' · ');
}

function Deeds({ channel }: { channel: Channel }) {
  const test = useTestChannel();
  const turn = useTurnChannel();
  const remove = useDeleteChannel();
  const [removing, setRemoving] = useState(false);
  return (
    <>
      <Button
        loading={test.isPending}
        disabled={!channel.enabled}
        onClick={() => {
          test.mutate(channel.id);
        }}
      >
        <span aria-live="polite">{t(test.isSuccess ? 'tested' : 'test')}</span>
      </Button>
      <Button
        loading={turn.isPending}
        onClick={() => {
          turn.mutate({ id: channel.id, enabled: !channel.enabled });
        }}
      >
        {t(channel.enabled ? 'turnOff' : 'turnOn')}
      </Button>
      <Button
        color="error"
        onClick={() => {
          setRemoving(true);
        }}
      >
        {t('remove')}
      </Button>
      <ProblemAlert error={test.error ?? turn.error} />
      {removing && (
        <ConfirmDialog
          title={t('removeTitle')}
          confirm={t('remove')}
          onConfirm={() => remove.mutateAsync(channel.id)}
          onClose={() => {
            setRemoving(false);
          }}
        >
          {t('removes', { name: channel.name })}
        </ConfirmDialog>
      )}
    </>
  );
}
