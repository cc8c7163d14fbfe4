// Another name for a factor.
import TextField from '@mui/material/TextField';
import { useState } from 'react';
import { FormDialog } from '@/components/form-dialog';
import { useRenameFactor, type Factor } from '../api/use-factors';
import { t } from '../words';

export function RenameDialog({ factor, onClose }: { factor: Factor; onClose: () => void }) {
  const rename = useRenameFactor();
  const [name, setName] = useState(factor.name);
  return (
    <FormDialog
      title={t('renameTitle')}
      submit={t('save')}
      busy={rename.isPending}
      error={rename.error}
      onClose={onClose}
      onSubmit={() => {
        rename.mutate({ id: factor.id, name: name.trim() }, { onSuccess: onClose });
      }}
    >
      <TextField
        label={t('name')}
        required
        autoFocus
        value={name}
        onChange={(event) => {
          setName(event.target.value);
        }}
        slotProps={{ inputLabel: { required: false }, htmlInput: { maxLength: 64 } }}
      />
    </FormDialog>
  );
}
