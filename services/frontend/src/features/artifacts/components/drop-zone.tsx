// Where files are dropped or chosen.
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useRef, useState, type DragEvent } from 'react';
import { Icon } from '@/components/icon';
import { kinds, type Kind } from '../filter';
import { t } from '../words';

export function DropZone({ onFiles }: { onFiles: (files: File[], kind: Kind) => void }) {
  const [over, setOver] = useState(false);
  const [kind, setKind] = useState<Kind>('other');

  function drop(event: DragEvent): void {
    event.preventDefault();
    setOver(false);
    onFiles([...event.dataTransfer.files], kind);
  }

  return (
    <Box
      role="group"
      aria-label={t('drop')}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => {
        setOver(false);
      }}
      onDrop={drop}
      sx={(theme) => ({
        display: 'flex',
        flexWrap: 'wrap',
        gap: 1.5,
        alignItems: 'center',
        mb: 2,
        p: 2,
        borderRadius: '10px',
        border: `1px dashed ${theme.vars.palette.surface.outline}`,
        color: 'text.secondary',
        ...(over && {
          borderColor: theme.vars.palette.primary.main,
          backgroundColor: theme.vars.palette.primary.light,
        }),
      })}
    >
      <Icon name="artifacts" size={20} />
      <Typography variant="body2" sx={{ flexGrow: 1 }}>
        {over ? t('dropNow') : t('drop')}
      </Typography>
      <TextField
        select
        value={kind}
        slotProps={{ htmlInput: { 'aria-label': t('kindOfNew') } }}
        sx={{ width: 120 }}
        onChange={(event) => {
          setKind(event.target.value as Kind);
        }}
      >
        {kinds.map((option) => (
          <MenuItem key={option} value={option}>
            {option}
          </MenuItem>
        ))}
      </TextField>
      <FileButton
        onFiles={(files) => {
          onFiles(files, kind);
        }}
      />
    </Box>
  );
}

function FileButton({ onFiles }: { onFiles: (files: File[]) => void }) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button variant="contained" onClick={() => input.current?.click()}>
        {t('choose')}
      </Button>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label={t('choose')}
        onChange={(event) => {
          onFiles([...(event.target.files ?? [])]);
          // The same file can be chosen once more.
          event.target.value = '';
        }}
      />
    </>
  );
}
