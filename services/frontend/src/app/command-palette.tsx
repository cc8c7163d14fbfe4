// Ctrl K or Cmd K: one field that leads everywhere. Arrow keys choose, Enter goes.
import Box from '@mui/material/Box';
import Dialog from '@mui/material/Dialog';
import InputBase from '@mui/material/InputBase';
import Typography from '@mui/material/Typography';
import { useColorScheme } from '@mui/material/styles';
import { useId, useMemo, useState, type KeyboardEvent } from 'react';
import { useNavigate } from 'react-router';
import { Icon } from '@/components/icon';
import { useServices } from '@/hooks/use-catalog';
import { useKeepsMails } from '@/hooks/use-mails';
import { useHolds } from '@/hooks/use-session';
import { session } from '@/lib/client';
import { commandsOf, documentation, matching, type Command } from './commands';
import { t } from './palette-words';

export default function CommandPalette({ onClose }: { onClose: () => void }) {
  const id = useId();
  const [typed, setTyped] = useState('');
  const [at, setAt] = useState(0);
  const found = useFound(typed);
  const run = useRun(onClose);
  const chosen = found[Math.min(at, found.length - 1)];

  function steer(event: KeyboardEvent): void {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && found.length > 0) {
      event.preventDefault();
      setAt((Math.min(at, found.length - 1) + step + found.length) % found.length);
    }
    if (event.key === 'Enter' && chosen !== undefined) {
      event.preventDefault();
      run(chosen);
    }
  }

  return (
    <Dialog
      open
      onClose={onClose}
      fullWidth
      maxWidth="xs"
      aria-label={t('title')}
      sx={{ '& .MuiDialog-container': { alignItems: 'start', pt: '12vh' } }}
    >
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 1.25, px: 2, py: 1.25 }}>
        <Icon name="search" />
        <InputBase
          autoFocus
          fullWidth
          placeholder={t('hint')}
          value={typed}
          onChange={(event) => {
            setTyped(event.target.value);
            setAt(0);
          }}
          onKeyDown={steer}
          inputProps={{
            role: 'combobox',
            'aria-label': t('command'),
            'aria-expanded': true,
            'aria-controls': id,
            'aria-activedescendant': chosen === undefined ? undefined : `${id}-${chosen.id}`,
          }}
        />
      </Box>
      <Options id={id} found={found} chosen={chosen} onRun={run} />
    </Dialog>
  );
}

interface OptionsProps {
  id: string;
  found: readonly Command[];
  chosen: Command | undefined;
  onRun: (command: Command) => void;
}

function Options({ id, found, chosen, onRun }: OptionsProps) {
  return (
    <Box
      id={id}
      role="listbox"
      aria-label={t('title')}
      sx={(theme) => ({
        borderTop: `1px solid ${theme.vars.palette.divider}`,
        maxHeight: '50vh',
        overflowY: 'auto',
        p: 0.75,
      })}
    >
      {found.map((command) => (
        <Option
          key={command.id}
          id={`${id}-${command.id}`}
          command={command}
          selected={command === chosen}
          onRun={onRun}
        />
      ))}
      {found.length === 0 && (
        <Typography variant="body2" color="textSecondary" role="status" sx={{ p: 1.5 }}>
          {t('nothing')}
        </Typography>
      )}
    </Box>
  );
}

interface OptionProps {
  id: string;
  command: Command;
  selected: boolean;
  onRun: (command: Command) => void;
}

function Option({ id, command, selected, onRun }: OptionProps) {
  return (
    <Box
      id={id}
      role="option"
      aria-selected={selected}
      tabIndex={-1}
      ref={(element: HTMLElement | null) => {
        if (selected) element?.scrollIntoView({ block: 'nearest' });
      }}
      onClick={() => {
        onRun(command);
      }}
      sx={(theme) => ({
        display: 'flex',
        alignItems: 'center',
        gap: 1.25,
        px: 1.25,
        minHeight: { xs: 44, md: 36 },
        borderRadius: '7px',
        cursor: 'pointer',
        backgroundColor: selected ? theme.vars.palette.action.selected : undefined,
        '&:hover': { backgroundColor: theme.vars.palette.action.hover },
      })}
    >
      <Icon name={command.icon} />
      <Typography variant="body2" sx={{ flexGrow: 1 }}>
        {command.label}
      </Typography>
      <Typography variant="caption" color="textSecondary">
        {t(command.group)}
      </Typography>
    </Box>
  );
}

function useFound(typed: string): Command[] {
  const administrator = useHolds('administrator');
  const mails = useKeepsMails();
  const services = useServices();
  const items = services.data?.items;
  return useMemo(() => {
    const names = (items ?? []).map((service) => service.name);
    return matching(commandsOf(names, administrator, mails), typed);
  }, [items, administrator, mails, typed]);
}

function useRun(onClose: () => void): (command: Command) => void {
  const navigate = useNavigate();
  const { mode, setMode } = useColorScheme();
  return (command) => {
    onClose();
    if (command.to !== undefined) void navigate(command.to);
    if (command.deed === 'colours') setMode(mode === 'dark' ? 'light' : 'dark');
    if (command.deed === 'api') window.open(documentation, '_blank', 'noreferrer');
    if (command.deed === 'sign-out') void session.signOut();
  };
}
