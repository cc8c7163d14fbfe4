// Writing or changing one annotation.
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import { useState, type FormEvent } from 'react';
import { messageOf } from '@/lib/problem';
import type { AnnotationDraft, AnnotationKey } from '../api/use-annotations';
import { annotationKeys, draftProblem } from '../draft';
import { t } from '../words';

interface AnnotationFormProps {
  draft: AnnotationDraft;
  error: unknown;
  onSave: (draft: AnnotationDraft) => void;
  onCancel: () => void;
}

export function AnnotationForm({ draft, error, onSave, onCancel }: AnnotationFormProps) {
  const [key, setKey] = useState<AnnotationKey>(draft.key);
  const [value, setValue] = useState(draft.value);
  const [url, setUrl] = useState(draft.url ?? '');
  const [problem, setProblem] = useState<string | null>(null);

  function submit(event: FormEvent): void {
    event.preventDefault();
    const next = {
      ...draft,
      key,
      value: value.trim(),
      url: url.trim() === '' ? null : url.trim(),
    };
    const found = draftProblem(next);
    setProblem(found);
    if (found === null) onSave(next);
  }

  const shown = problem ?? (error === null ? null : t('notSaved', { reason: messageOf(error) }));
  return (
    <Box component="form" onSubmit={submit} sx={{ display: 'grid', gap: 1.5, mt: 1.5 }}>
      <Box sx={{ display: 'grid', gridTemplateColumns: '112px 1fr', gap: 1 }}>
        <TextField
          select
          label={t('kind')}
          value={key}
          onChange={(event) => {
            setKey(event.target.value as AnnotationKey);
          }}
        >
          {annotationKeys.map((option) => (
            <MenuItem key={option} value={option}>
              {t(option)}
            </MenuItem>
          ))}
        </TextField>
        <TextField
          label={t('value')}
          value={value}
          autoFocus
          slotProps={{ htmlInput: { maxLength: 500 } }}
          onChange={(event) => {
            setValue(event.target.value);
          }}
        />
      </Box>
      <TextField
        label={t(key === 'link' ? 'address' : 'addressOptional')}
        type="url"
        value={url}
        placeholder="https://"
        onChange={(event) => {
          setUrl(event.target.value);
        }}
      />
      {shown !== null && (
        <Alert severity="error" icon={false} role="alert">
          {shown}
        </Alert>
      )}
      <Box sx={{ display: 'flex', gap: 1, justifyContent: 'flex-end' }}>
        <Button onClick={onCancel}>{t('cancel')}</Button>
        <Button type="submit" variant="contained">
          {t('save')}
        </Button>
      </Box>
    </Box>
  );
}
