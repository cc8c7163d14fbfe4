// Deploying a release: which, where, and what that will do.
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import { useId, useState, type FormEvent } from 'react';
import { useNavigate } from 'react-router';
import { useDeliveryEnvironments } from '@/hooks/use-delivery';
import { useReleases } from '@/hooks/use-releases';
import { messageOf } from '@/lib/problem';
import { useDeploy } from '../api/use-deployment';
import { effectsOfDeployment } from '../effects';
import { t } from '../words';
import { Effects } from './effects-list';

interface NewDeploymentDialogProps {
  /** The release that was chosen already, by its id. */
  release: string;
  onClose: () => void;
}

export function NewDeploymentDialog({ release: chosen, onClose }: NewDeploymentDialogProps) {
  const title = useId();
  const form = useForm(chosen);
  const { release, environment, deploy } = form;
  const ready = release !== undefined && environment !== undefined;
  return (
    <Dialog open onClose={onClose} maxWidth="xs" fullWidth aria-labelledby={title}>
      <Box component="form" onSubmit={form.submit}>
        <DialogTitle id={title}>{t('newTitle')}</DialogTitle>
        <DialogContent sx={{ display: 'grid', gap: 2, pt: '8px !important' }}>
          {form.releases?.length === 0 && <Alert severity="info">{t('noReleases')}</Alert>}
          <TextField
            select
            label={t('release')}
            value={release?.id ?? ''}
            onChange={(event) => {
              form.setReleaseId(event.target.value);
            }}
          >
            {(form.releases ?? []).map((one) => (
              <MenuItem key={one.id} value={one.id}>
                {one.service} {one.version}
              </MenuItem>
            ))}
          </TextField>
          <TextField
            select
            label={t('environment')}
            value={environment?.name ?? ''}
            onChange={(event) => {
              form.setName(event.target.value);
            }}
          >
            {form.environments.map(({ name }) => (
              <MenuItem key={name} value={name}>
                {name}
              </MenuItem>
            ))}
          </TextField>
          <TextField
            label={t('note')}
            value={form.note}
            slotProps={{ htmlInput: { maxLength: 500 } }}
            onChange={(event) => {
              form.setNote(event.target.value);
            }}
          />
          {ready && (
            <Alert severity="info" icon={false}>
              <Effects lines={effectsOfDeployment(release, environment)} />
            </Alert>
          )}
          {deploy.error !== null && (
            <Alert severity="error" role="alert" icon={false}>
              {messageOf(deploy.error)}
            </Alert>
          )}
        </DialogContent>
        <DialogActions>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button type="submit" variant="contained" disabled={!ready} loading={deploy.isPending}>
            {t('deploy')}
          </Button>
        </DialogActions>
      </Box>
    </Dialog>
  );
}

function useForm(chosen: string) {
  const navigate = useNavigate();
  const list = useReleases('', 100);
  const environments = useDeliveryEnvironments().data?.items ?? [];
  const deploy = useDeploy();
  const [key] = useState(() => crypto.randomUUID());
  const [releaseId, setReleaseId] = useState(chosen);
  const [name, setName] = useState('');
  const [note, setNote] = useState('');
  const releases = list.data?.pages.flatMap((page) => page.items);
  const release = releases?.find(({ id }) => id === releaseId);
  const environment = environments.find((one) => one.name === name);

  function submit(event: FormEvent): void {
    event.preventDefault();
    if (release === undefined || environment === undefined) return;
    deploy.mutate(
      { release: release.id, environment: environment.name, note: note.trim(), key },
      { onSuccess: (made) => void navigate(`/deployments/${made.id}`) },
    );
  }

  const fields = { note, setNote, setReleaseId, setName };
  return { releases, release, environments, environment, deploy, submit, ...fields };
}
