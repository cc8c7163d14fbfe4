// One factor: what it is, when it was used, renaming and removing it.
import Button from '@mui/material/Button';
import { Age } from '@/components/age';
import { Row } from '@/components/row';
import type { Factor } from '../api/use-factors';
import { t } from '../words';

interface FactorRowProps {
  factor: Factor;
  onRename: () => void;
  onRemove: () => void;
}

export function FactorRow({ factor, onRename, onRemove }: FactorRowProps) {
  const { name, kind, created_at: added, last_used_at: used } = factor;
  return (
    <Row
      icon={kind === 'totp' ? 'cache' : 'key'}
      name={name}
      about={
        <>
          {t(kind)} · {t('added')} <Age value={added} /> ·{' '}
          {used === null ? (
            t('unused')
          ) : (
            <>
              {t('used')} <Age value={used} />
            </>
          )}
        </>
      }
    >
      <Button variant="outlined" aria-label={t('renameOf', { name })} onClick={onRename}>
        {t('rename')}
      </Button>
      <Button variant="outlined" aria-label={t('removeOf', { name })} onClick={onRemove}>
        {t('remove')}
      </Button>
    </Row>
  );
}
