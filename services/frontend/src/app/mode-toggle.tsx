// Light, dark, or as the system says; the choice is remembered.
import IconButton from '@mui/material/IconButton';
import Tooltip from '@mui/material/Tooltip';
import { useColorScheme } from '@mui/material/styles';
import { Icon } from '@/components/icon';
import { t } from './words';

const order = { system: 'light', light: 'dark', dark: 'system' } as const;
const icons = { system: 'system', light: 'sun', dark: 'moon' } as const;

export function ModeToggle() {
  const { mode = 'system', setMode } = useColorScheme();
  const label = t('colours', { mode: t(mode), next: t(order[mode]) });
  return (
    <Tooltip title={label}>
      <IconButton
        aria-label={label}
        onClick={() => {
          setMode(order[mode]);
        }}
      >
        <Icon name={icons[mode]} />
      </IconButton>
    </Tooltip>
  );
}
