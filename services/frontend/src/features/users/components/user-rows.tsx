// Users as rows: role and whether they may sign in, changed in place.
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import MenuItem from '@mui/material/MenuItem';
import Paper from '@mui/material/Paper';
import Select from '@mui/material/Select';
import Typography from '@mui/material/Typography';
import { Age } from '@/components/age';
import { HealthMark } from '@/components/health-mark';
import { useUser } from '@/hooks/use-session';
import type { User, UserChange } from '../api/use-users';
import { roles } from '../roles';
import { t } from '../words';
import { UserMenu } from './user-menu';

interface UserRowsProps {
  users: readonly User[];
  /** The user whose change is on its way. */
  changing: string | null;
  onChange: (change: UserChange) => void;
}

export function UserRows({ users, changing, onChange }: UserRowsProps) {
  const me = useUser();
  return (
    <Paper component="ul" sx={{ listStyle: 'none', m: 0, p: 0 }}>
      {users.map((user) => (
        <Row
          key={user.id}
          user={user}
          own={user.id === me?.id}
          busy={changing === user.id}
          onChange={onChange}
        />
      ))}
    </Paper>
  );
}

interface RowProps {
  user: User;
  own: boolean;
  busy: boolean;
  onChange: (change: UserChange) => void;
}

function Row({ user, own, busy, onChange }: RowProps) {
  return (
    <Box
      component="li"
      sx={(theme) => ({
        display: 'flex',
        flexWrap: 'wrap',
        alignItems: 'center',
        gap: 1.5,
        px: 2,
        py: 1.25,
        '& + &': { borderTop: `1px solid ${theme.vars.palette.divider}` },
      })}
    >
      <Box sx={{ flexGrow: 1, minWidth: 200 }}>
        <Box sx={{ display: 'flex', flexWrap: 'wrap', columnGap: 1 }}>
          <Typography variant="body2" sx={{ fontWeight: 550, overflowWrap: 'anywhere' }}>
            {user.email}
          </Typography>
          {own && <HealthMark badge health="busy" label={t('you')} />}
          {user.disabled && <HealthMark badge health="idle" label={t('disabled')} />}
        </Box>
        <Typography variant="caption" color="textSecondary">
          {user.mfa ? t('factor') : t('noFactor')} · {t('since')} <Age value={user.created_at} />
        </Typography>
      </Box>
      <Select
        size="small"
        value={user.role}
        disabled={own || busy}
        inputProps={{ 'aria-label': t('roleOf', { email: user.email }) }}
        sx={{ width: 148, fontSize: '0.8125rem' }}
        onChange={(event) => {
          onChange({ id: user.id, role: event.target.value });
        }}
      >
        {roles.map((role) => (
          <MenuItem key={role} value={role}>
            {role}
          </MenuItem>
        ))}
      </Select>
      <Button
        variant="outlined"
        disabled={own || busy}
        aria-label={`${user.disabled ? t('enable') : t('disable')} ${user.email}`}
        onClick={() => {
          onChange({ id: user.id, disabled: !user.disabled });
        }}
        sx={{ width: 84 }}
      >
        {user.disabled ? t('enable') : t('disable')}
      </Button>
      <UserMenu user={user} own={own} />
    </Box>
  );
}
