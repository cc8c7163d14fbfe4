// One mail as its reader would see it; its links can be followed.
import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import Paper from '@mui/material/Paper';
import Typography from '@mui/material/Typography';
import type { Mail } from '@/hooks/use-mails';
import { moment } from '@/lib/time';
import { partsOf } from '../links';
import { t } from '../words';

export function MailText({ mail }: { mail: Mail }) {
  return (
    <Paper component="article" aria-label={t('read')} sx={{ p: { xs: 2, sm: 3 } }}>
      <Typography variant="h2">{mail.subject}</Typography>
      <Typography variant="caption" component="p" color="textSecondary">
        {t('to', { to: mail.to })} · {moment(mail.sent_at)}
      </Typography>
      <Box
        sx={(theme) => ({
          mt: 2,
          pt: 2,
          borderTop: `1px solid ${theme.vars.palette.divider}`,
          whiteSpace: 'pre-wrap',
          overflowWrap: 'anywhere',
          maxWidth: '72ch',
        })}
      >
        {partsOf(mail.text).map(({ text, link }, index) =>
          link ? (
            <Link key={index} href={text} underline="always">
              {text}
            </Link>
          ) : (
            text
          ),
        )}
      </Box>
    </Paper>
  );
}
