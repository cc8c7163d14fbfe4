// Mails as rows, latest first.
import Box from '@mui/material/Box';
import ButtonBase from '@mui/material/ButtonBase';
import Paper from '@mui/material/Paper';
import Typography from '@mui/material/Typography';
import { Age } from '@/components/age';
import type { Mail } from '@/hooks/use-mails';
import { t } from '../words';

interface MailListProps {
  mails: readonly Mail[];
  chosen: string | null;
  onChoose: (mail: string) => void;
}

export function MailList({ mails, chosen, onChoose }: MailListProps) {
  return (
    <Paper
      component="ul"
      aria-label={t('list')}
      sx={{ listStyle: 'none', m: 0, p: 0, overflow: 'hidden' }}
    >
      {mails.map((mail) => (
        <Box
          key={mail.id}
          component="li"
          sx={(theme) => ({ '& + &': { borderTop: `1px solid ${theme.vars.palette.divider}` } })}
        >
          <ButtonBase
            aria-current={mail.id === chosen}
            onClick={() => {
              onChoose(mail.id);
            }}
            sx={(theme) => ({
              display: 'grid',
              gridTemplateColumns: 'minmax(0, 1fr) auto',
              columnGap: 1.5,
              width: '100%',
              px: 2,
              py: 1.25,
              textAlign: 'left',
              '&:hover': { backgroundColor: theme.vars.palette.action.hover },
              ...(mail.id === chosen && {
                backgroundColor: theme.vars.palette.action.selected,
              }),
              '&.Mui-focusVisible': { outlineOffset: -2 },
            })}
          >
            <Typography variant="body2" component="span" noWrap sx={{ fontWeight: 550 }}>
              {mail.subject}
            </Typography>
            <Typography variant="caption" component="span" color="textSecondary">
              <Age value={mail.sent_at} />
            </Typography>
            <Typography variant="caption" component="span" color="textSecondary" noWrap>
              {t('to', { to: mail.to })}
            </Typography>
          </ButtonBase>
        </Box>
      ))}
    </Paper>
  );
}
