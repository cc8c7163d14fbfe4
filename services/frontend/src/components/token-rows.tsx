// API tokens as rows: what each may, until when, and its end.
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useState } from 'react';
import { useRevokeToken, useTokens, type ApiToken, type Owner } from '@/hooks/use-tokens';
import { moment } from '@/lib/time';
import { ConfirmDialog } from './confirm-dialog';
import { Empty, Failure, Loading } from './feedback';
import { HealthMark } from './health-mark';
import { Row, Rows } from './row';
import { t } from './words';

const marks = { live: 'good', expired: 'idle', revoked: 'idle' } as const;

export function TokenRows({ owner }: { owner: Owner }) {
  const tokens = useTokens(owner);
  const revoke = useRevokeToken(owner);
  const [ending, setEnding] = useState<ApiToken | null>(null);
  const items = tokens.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      {tokens.isPending && (
        <Box sx={{ p: 2 }}>
          <Loading rows={2} />
        </Box>
      )}
      {tokens.error !== null && tokens.data === undefined && (
        <Failure
          title={t('tokensUnreadable')}
          error={tokens.error}
          onRetry={() => void tokens.refetch()}
        />
      )}
      {tokens.data !== undefined && items.length === 0 && (
        <Empty compact icon="key" title={t('tokenNone')} />
      )}
      {items.length > 0 && (
        <Rows>
          {items.map((token) => (
            <TokenRow key={token.id} token={token} onRevoke={setEnding} />
          ))}
        </Rows>
      )}
      {tokens.hasNextPage && (
        <Button
          sx={{ m: 1 }}
          loading={tokens.isFetchingNextPage}
          onClick={() => void tokens.fetchNextPage()}
        >
          {t('more')}
        </Button>
      )}
      {ending !== null && (
        <ConfirmDialog
          title={t('tokenRevokeAsk', { name: ending.name })}
          confirm={t('tokenRevoke')}
          onConfirm={() => revoke.mutateAsync(ending.id)}
          onClose={() => {
            setEnding(null);
          }}
        >
          {t('tokenRevokeWhy')}
        </ConfirmDialog>
      )}
    </>
  );
}

interface TokenRowProps {
  token: ApiToken;
  onRevoke: (token: ApiToken) => void;
}

function TokenRow({ token, onRevoke }: TokenRowProps) {
  return (
    <Row
      icon="key"
      name={token.name}
      beside={<HealthMark badge health={marks[token.state]} label={t(token.state)} />}
      about={`${token.scopes.join(' ')} · ${t('tokenUntil', { day: moment(token.expires_at) })}`}
    >
      {token.state === 'live' && (
        <Button
          variant="outlined"
          aria-label={t('tokenRevokeOf', { name: token.name })}
          onClick={() => {
            onRevoke(token);
          }}
        >
          {t('tokenRevoke')}
        </Button>
      )}
    </Row>
  );
}
