// How the caller proves who he is, and what calls in his name.
import { useSearchParams } from 'react-router';
import { Page } from '@/components/page';
import { FactorSetting } from './components/factor-setting';
import { LinkSetting } from './components/link-setting';
import { PasswordSetting } from './components/password-setting';
import { SessionSetting } from './components/session-setting';
import { TokenSetting } from './components/token-setting';
import { t } from './words';

export default function SecurityPage() {
  const [search] = useSearchParams();
  const word = search.get('oidc');
  const ending = word === 'linked' || word === 'taken' ? word : null;
  return (
    <Page title={t('title')} summary={t('summary')}>
      <FactorSetting />
      <PasswordSetting />
      <TokenSetting />
      <LinkSetting ending={ending} />
      <SessionSetting />
    </Page>
  );
}
