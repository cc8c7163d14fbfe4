// Whether the caller can sign in at the provider; nothing where none is set.
import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import { useState } from 'react';
import { Age } from '@/components/age';
import { ConfirmDialog } from '@/components/confirm-dialog';
import { Failure } from '@/components/feedback';
import { ProblemAlert } from '@/components/problem-alert';
import { Row, Rows } from '@/components/row';
import { Setting, SettingBox } from '@/components/setting';
import { useLink, useLinks, useProvider, useUnlink } from '../api/use-links';
import { t } from '../words';

interface LinkSettingProps {
  /** How a linking ended from which the person just came back. */
  ending: 'linked' | 'taken' | null;
}

export function LinkSetting({ ending }: LinkSettingProps) {
  const provider = useProvider();
  if (provider.data?.enabled !== true) return null;
  const name = provider.data.name ?? '';
  return (
    <Setting title={t('provider')} about={t('providerAbout', { name })}>
      {ending !== null && (
        <Alert
          severity={ending === 'linked' ? 'success' : 'warning'}
          role="status"
          icon={false}
          sx={{ mb: 1.5 }}
        >
          {ending === 'linked' ? t('nowLinked') : t('taken')}
        </Alert>
      )}
      <Links name={name} />
    </Setting>
  );
}

function Links({ name }: { name: string }) {
  const links = useLinks();
  const link = useLink();
  const unlink = useUnlink();
  const [asking, setAsking] = useState(false);
  if (links.error !== null) {
    return (
      <Failure title={t('unreadable')} error={links.error} onRetry={() => void links.refetch()} />
    );
  }
  const [linked] = links.data?.items ?? [];
  return (
    <SettingBox>
      <Rows>
        <Row
          icon="external"
          name={name}
          about={
            linked === undefined ? (
              t('unlinked')
            ) : (
              <>
                {t('linkedAs', { subject: linked.email ?? linked.subject })}{' '}
                <Age value={linked.created_at} />
              </>
            )
          }
        >
          <Button
            variant="outlined"
            loading={link.isPending || links.isPending}
            onClick={() => {
              if (linked === undefined) link.mutate();
              else setAsking(true);
            }}
          >
            {linked === undefined ? t('link') : t('unlink')}
          </Button>
        </Row>
      </Rows>
      <ProblemAlert error={link.error} />
      {asking && (
        <ConfirmDialog
          title={t('unlinkAsk', { name })}
          confirm={t('unlink')}
          onConfirm={() => unlink.mutateAsync()}
          onClose={() => {
            setAsking(false);
          }}
        >
          {t('unlinkWhy')}
        </ConfirmDialog>
      )}
    </SettingBox>
  );
}
