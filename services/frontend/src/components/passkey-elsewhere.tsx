// Says that passkeys belong to another name of this console, and leads there.
import Alert from '@mui/material/Alert';
import Link from '@mui/material/Link';
import { t } from './words';

export function PasskeyElsewhere({ id }: { id: string }) {
  const { protocol, port, pathname } = location;
  const there = `${protocol}//${id}${port === '' ? '' : `:${port}`}${pathname}`;
  return (
    <Alert severity="info" icon={false} role="status">
      {t('passkeyElsewhere', { host: id })}{' '}
      <Link href={there} underline="always">
        {t('passkeyGo')}
      </Link>
      .
    </Alert>
  );
}
