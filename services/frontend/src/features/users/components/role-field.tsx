// The role, as a choice in a form.
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import type { Role } from '../api/use-users';
import { roles } from '../roles';

interface RoleFieldProps {
  label: string;
  value: Role;
  onChange: (role: Role) => void;
}

export function RoleField({ label, value, onChange }: RoleFieldProps) {
  return (
    <TextField
      select
      label={label}
      value={value}
      onChange={(event) => {
        onChange(event.target.value as Role);
      }}
    >
      {roles.map((role) => (
        <MenuItem key={role} value={role}>
          {role}
        </MenuItem>
      ))}
    </TextField>
  );
}
