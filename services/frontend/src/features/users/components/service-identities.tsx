// Machines that call the API: their roles, their tokens, their end.
import Button from '@mui/material/Button';
import Paper from '@mui/material/Paper';
import { useState } from 'react';
import { Age } from '@/components/age';
import { ConfirmDialog } from '@/components/confirm-dialog';
import { Empty, Failure, Loading } from '@/components/feedback';
import { Icon } from '@/components/icon';
import { PanelDialog } from '@/components/panel-dialog';
import { Row, Rows } from '@/components/row';
import { TokenDialog } from '@/components/token-dialog';
import { TokenRows } from '@/components/token-rows';
import {
  useDeleteServiceIdentity,
  useServiceIdentities,
  type ServiceIdentity,
} from '../api/use-service-identities';
import { t } from '../words';

export function ServiceIdentities() {
  const services = useServiceIdentities();
  const remove = useDeleteServiceIdentity();
  const [shown, setShown] = useState<ServiceIdentity | null>(null);
  const [ending, setEnding] = useState<ServiceIdentity | null>(null);
  const items = services.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      {services.isPending && <Loading rows={3} />}
      {services.error !== null && services.data === undefined && (
        <Failure
          title={t('servicesUnreadable')}
          error={services.error}
          onRetry={() => void services.refetch()}
        />
      )}
      {services.data !== undefined && (
        <Paper>
          {items.length === 0 && (
            <Empty icon="key" title={t('servicesNone')}>
              {t('servicesAbout')}
            </Empty>
          )}
          <Rows label={t('services')}>
            {items.map((service) => (
              <ServiceRow
                key={service.id}
                service={service}
                onTokens={() => setShown(service)}
                onDelete={() => setEnding(service)}
              />
            ))}
          </Rows>
        </Paper>
      )}
      {services.hasNextPage && (
        <Button
          variant="outlined"
          loading={services.isFetchingNextPage}
          onClick={() => void services.fetchNextPage()}
        >
          {t('more')}
        </Button>
      )}
      {shown !== null && (
        <ServiceTokens
          service={shown}
          onClose={() => {
            setShown(null);
          }}
        />
      )}
      {ending !== null && (
        <ConfirmDialog
          title={t('removeAsk', { name: ending.name })}
          confirm={t('remove')}
          onConfirm={() => remove.mutateAsync(ending.id)}
          onClose={() => {
            setEnding(null);
          }}
        >
          {t('removeService')}
        </ConfirmDialog>
      )}
    </>
  );
}

interface ServiceRowProps {
  service: ServiceIdentity;
  onTokens: () => void;
  onDelete: () => void;
}

function ServiceRow({ service, onTokens, onDelete }: ServiceRowProps) {
  const { name, role, tokens } = service;
  return (
    <Row
      icon="service"
      name={name}
      about={
        <>
          {role} · {t('tokens', { count: tokens })} · {t('since')}{' '}
          <Age value={service.created_at} />
        </>
      }
    >
      <Button variant="outlined" aria-label={t('tokensOf', { name })} onClick={onTokens}>
        {t('showTokens')}
      </Button>
      <Button variant="outlined" aria-label={t('removeOf', { name })} onClick={onDelete}>
        {t('remove')}
      </Button>
    </Row>
  );
}

interface ServiceTokensProps {
  service: ServiceIdentity;
  onClose: () => void;
}

function ServiceTokens({ service, onClose }: ServiceTokensProps) {
  const [creating, setCreating] = useState(false);
  const owner = { kind: 'service', id: service.id } as const;
  return (
    <PanelDialog title={t('tokensOf', { name: service.name })} wide onClose={onClose}>
      <Paper>
        <TokenRows owner={owner} />
      </Paper>
      <Button
        variant="outlined"
        startIcon={<Icon name="plus" size={14} />}
        sx={{ justifySelf: 'start' }}
        onClick={() => {
          setCreating(true);
        }}
      >
        {t('newToken')}
      </Button>
      {creating && (
        <TokenDialog
          owner={owner}
          onClose={() => {
            setCreating(false);
          }}
        />
      )}
    </PanelDialog>
  );
}
