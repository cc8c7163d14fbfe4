// Recovery codes, shown once: to copy, to keep as a file, and to confirm that they are kept.
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { save } from '@/lib/csv';
import { mono } from '@/theme/typography';
import { CopyButton } from './copy-button';
import { Icon } from './icon';
import { t } from './words';

interface RecoveryCodesProps {
  codes: readonly string[];
  /** Whose they are, as the file says. */
  email: string;
  onKept: () => void;
}

export function RecoveryCodes({ codes, email, onKept }: RecoveryCodesProps) {
  const text = codes.join('\n');
  const file = `${t('codesFile', { email })}\n\n${text}\n`;
  return (
    <Box sx={{ display: 'grid', gap: 2 }}>
      <Typography variant="body2">{t('codesAbout')}</Typography>
      <Box
        component="ol"
        aria-label={t('codes')}
        sx={(theme) => ({
          m: 0,
          p: 1.5,
          listStyle: 'none',
          fontFamily: mono,
          fontSize: '0.8125rem',
          lineHeight: 1.8,
          borderRadius: '8px',
          textAlign: 'center',
          border: `1px solid ${theme.vars.palette.divider}`,
          backgroundColor: theme.vars.palette.surface.sunken,
        })}
      >
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </Box>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1 }}>
        <CopyButton text={text} />
        <Button
          variant="outlined"
          startIcon={<Icon name="download" size={14} />}
          onClick={() => {
            save('groundplan-recovery-codes.txt', file, 'text/plain');
          }}
        >
          {t('download')}
        </Button>
        <Button variant="contained" onClick={onKept} sx={{ ml: 'auto' }}>
          {t('codesKept')}
        </Button>
      </Box>
    </Box>
  );
}
