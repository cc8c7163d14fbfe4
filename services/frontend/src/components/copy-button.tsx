// Puts a text into the clipboard, and says so.
import Button from '@mui/material/Button';
import { useState } from 'react';
import { Icon } from './icon';
import { t } from './words';

export function CopyButton({ text }: { text: string }) {
  const [copied, setCopied] = useState(false);

  async function copy(): Promise<void> {
    await navigator.clipboard.writeText(text);
    setCopied(true);
  }

  return (
    <Button
      variant="outlined"
      startIcon={<Icon name={copied ? 'check' : 'copy'} size={14} />}
      onClick={() => void copy().catch(() => undefined)}
    >
      <span aria-live="polite">{copied ? t('copied') : t('copy')}</span>
    </Button>
  );
}
