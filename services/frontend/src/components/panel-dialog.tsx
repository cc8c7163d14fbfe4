// A dialog that shows something: a title, the content, the way out.
import Box from '@mui/material/Box';
import Dialog from '@mui/material/Dialog';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import IconButton from '@mui/material/IconButton';
import { useId, type ReactNode } from 'react';
import { Icon } from './icon';
import { t } from './words';

interface PanelDialogProps {
  title: string;
  /** Left out where the content itself says when it is done. */
  onClose?: () => void;
  wide?: boolean;
  children: ReactNode;
}

export function PanelDialog({ title, onClose, wide = false, children }: PanelDialogProps) {
  const id = useId();
  return (
    <Dialog
      open
      {...(onClose !== undefined && { onClose })}
      maxWidth={wide ? 'sm' : 'xs'}
      fullWidth
      aria-labelledby={id}
    >
      <Box sx={{ display: 'flex', alignItems: 'center', pr: 2 }}>
        <DialogTitle id={id} sx={{ flex: '1 1 0', overflowWrap: 'anywhere', minWidth: 0 }}>
          {title}
        </DialogTitle>
        {onClose !== undefined && (
          <IconButton aria-label={t('close')} onClick={onClose}>
            <Icon name="close" />
          </IconButton>
        )}
      </Box>
      <DialogContent sx={{ display: 'grid', gap: 2, pt: 0.5 }}>{children}</DialogContent>
    </Dialog>
  );
}
