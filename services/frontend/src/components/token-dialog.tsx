// Creating an API token: what it is called, what it may, how long; then its secret, this once.
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Checkbox from '@mui/material/Checkbox';
import FormControlLabel from '@mui/material/FormControlLabel';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { useCreateToken, type Owner, type Scope } from '@/hooks/use-tokens';
import { mono } from '@/theme/typography';
import { CopyButton } from './copy-button';
import { FormDialog } from './form-dialog';
import { PanelDialog } from './panel-dialog';
import { t } from './words';

const scopes: readonly Scope[] = [
  'catalog:read',
  'delivery:read',
  'delivery:write',
  'artifacts:read',
  'artifacts:write',
  'audit:read',
];

const spans = [7, 30, 90, 180, 365];

interface TokenDialogProps {
  owner: Owner;
  onClose: () => void;
}

export function TokenDialog({ owner, onClose }: TokenDialogProps) {
  const create = useCreateToken(owner);
  const [idempotencyKey] = useState(() => crypto.randomUUID());
  const [name, setName] = useState('');
  const [days, setDays] = useState(90);
  const [chosen, setChosen] = useState<readonly Scope[]>(['catalog:read']);
  if (create.data !== undefined) {
    return <Secret secret={create.data.secret} onClose={onClose} />;
  }
  return (
    <FormDialog
      title={t('tokenTitle')}
      submit={t('tokenCreate')}
      busy={create.isPending}
      error={create.error}
      onClose={onClose}
      onSubmit={() => {
        create.mutate({ name: name.trim(), scopes: [...chosen], days, idempotencyKey });
      }}
    >
      <TextField
        label={t('tokenName')}
        required
        autoFocus
        value={name}
        helperText={t('tokenNameHelp')}
        onChange={(event) => {
          setName(event.target.value);
        }}
        slotProps={{ inputLabel: { required: false }, htmlInput: { maxLength: 64 } }}
      />
      <Scopes chosen={chosen} onChange={setChosen} />
      <TextField
        select
        label={t('tokenDays')}
        value={days}
        onChange={(event) => {
          setDays(Number(event.target.value));
        }}
      >
        {spans.map((count) => (
          <MenuItem key={count} value={count}>
            {t('days', { count })}
          </MenuItem>
        ))}
      </TextField>
    </FormDialog>
  );
}

interface ScopesProps {
  chosen: readonly Scope[];
  onChange: (chosen: readonly Scope[]) => void;
}

function Scopes({ chosen, onChange }: ScopesProps) {
  return (
    <Box component="fieldset" sx={{ border: 0, m: 0, p: 0, minWidth: 0 }}>
      <Typography component="legend" variant="caption" color="textSecondary" sx={{ p: 0 }}>
        {t('tokenScopes')}
      </Typography>
      <Box sx={{ display: 'grid', gridTemplateColumns: { xs: '1fr', sm: '1fr 1fr' } }}>
        {scopes.map((scope) => (
          <FormControlLabel
            key={scope}
            label={scope}
            slotProps={{ typography: { variant: 'body2', sx: { fontFamily: mono } } }}
            control={
              <Checkbox
                size="small"
                checked={chosen.includes(scope)}
                onChange={(_event, checked) => {
                  const others = chosen.filter((one) => one !== scope);
                  onChange(checked ? [...others, scope] : others);
                }}
              />
            }
          />
        ))}
      </Box>
    </Box>
  );
}

function Secret({ secret, onClose }: { secret: string; onClose: () => void }) {
  return (
    <PanelDialog title={t('tokenSecret')}>
      <Typography variant="body2">{t('tokenOnce')}</Typography>
      <Box
        tabIndex={0}
        role="textbox"
        aria-readonly
        aria-label={t('tokenSecret')}
        sx={(theme) => ({
          p: 1.5,
          maxHeight: 160,
          overflowY: 'auto',
          fontFamily: mono,
          fontSize: '0.75rem',
          overflowWrap: 'anywhere',
          borderRadius: '8px',
          border: `1px solid ${theme.vars.palette.divider}`,
          backgroundColor: theme.vars.palette.surface.sunken,
        })}
      >
        {secret}
      </Box>
      <Box sx={{ display: 'flex', gap: 1 }}>
        <CopyButton text={secret} />
        <Button variant="contained" onClick={onClose} sx={{ ml: 'auto' }}>
          {t('tokenDone')}
        </Button>
      </Box>
    </PanelDialog>
  );
}
