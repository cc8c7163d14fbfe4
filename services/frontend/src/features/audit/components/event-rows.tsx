// Events, newest first; one opens to show all that was recorded.
import Box from '@mui/material/Box';
import ButtonBase from '@mui/material/ButtonBase';
import Paper from '@mui/material/Paper';
import Typography from '@mui/material/Typography';
import { Age } from '@/components/age';
import { Code } from '@/components/facts';
import { HealthMark } from '@/components/health-mark';
import type { AuditEvent } from '../api/use-audit';
import { t } from '../words';

interface EventRowsProps {
  events: readonly AuditEvent[];
  onOpen: (event: string) => void;
}

export function EventRows({ events, onOpen }: EventRowsProps) {
  return (
    <Paper component="ul" sx={{ listStyle: 'none', m: 0, p: 0 }}>
      {events.map((event) => (
        <Row key={event.id} event={event} onOpen={onOpen} />
      ))}
    </Paper>
  );
}

function Row({ event, onOpen }: { event: AuditEvent; onOpen: (event: string) => void }) {
  return (
    <Box
      component="li"
      sx={(theme) => ({ '& + &': { borderTop: `1px solid ${theme.vars.palette.divider}` } })}
    >
      <ButtonBase
        onClick={() => {
          onOpen(event.id);
        }}
        sx={{
          display: 'grid',
          gridTemplateColumns: { xs: '1fr auto', md: '220px 1fr auto 92px' },
          columnGap: 2,
          rowGap: 0.25,
          alignItems: 'center',
          width: '100%',
          px: 2,
          py: 1,
          textAlign: 'left',
        }}
      >
        <Typography variant="body2" component="span" sx={{ minWidth: 0 }} noWrap>
          <Code>{event.action}</Code>
        </Typography>
        <Typography
          variant="body2"
          component="span"
          color="textSecondary"
          noWrap
          sx={{ minWidth: 0, gridColumn: { xs: '1 / -1', md: 'auto' }, gridRow: { xs: 2, md: 1 } }}
        >
          {event.target} · {t('by', { actor: event.actor_name ?? event.actor })}
        </Typography>
        {event.outcome === 'done' ? (
          <span />
        ) : (
          <HealthMark
            badge
            health={event.outcome === 'failed' ? 'bad' : 'warn'}
            label={t(event.outcome)}
          />
        )}
        <Typography
          variant="caption"
          component="span"
          color="textSecondary"
          sx={{ textAlign: 'right' }}
        >
          <Age value={event.at} />
        </Typography>
      </ButtonBase>
    </Box>
  );
}
