// The buttons that change a deployment; each asks first and names what will happen.
import Button from '@mui/material/Button';
import Tooltip from '@mui/material/Tooltip';
import TextField from '@mui/material/TextField';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { ConfirmDialog } from '@/components/confirm-dialog';
import { useHolds, useUser } from '@/hooks/use-session';
import type { DeploymentDetail } from '@/lib/delivery';
import { useDecide, useRollBack, type Decision } from '../api/use-deployment';
import { effectsOfApproval, effectsOfRejection, effectsOfRollback } from '../effects';
import { t } from '../words';
import { Effects } from './effects-list';

type Asked = Decision | 'rollBack';

export function Decisions({ deployment }: { deployment: DeploymentDetail }) {
  const operator = useHolds('operator');
  const user = useUser();
  const [asked, setAsked] = useState<Asked | null>(null);
  if (!operator) return null;
  const waits = deployment.state === 'awaiting_approval';
  const own = deployment.requested_by === user?.email;
  const close = (): void => {
    setAsked(null);
  };
  return (
    <>
      {waits && (
        <Tooltip title={own ? t('ownRequest') : ''}>
          <span>
            <Button
              variant="outlined"
              disabled={own}
              onClick={() => {
                setAsked('reject');
              }}
              sx={{ mr: 1 }}
            >
              {t('reject')}
            </Button>
            <Button
              variant="contained"
              disabled={own}
              onClick={() => {
                setAsked('approve');
              }}
            >
              {t('approve')}
            </Button>
          </span>
        </Tooltip>
      )}
      {deployment.can_roll_back && (
        <Button
          variant="outlined"
          onClick={() => {
            setAsked('rollBack');
          }}
        >
          {t('rollBack')}
        </Button>
      )}
      {(asked === 'approve' || asked === 'reject') && (
        <Decide deployment={deployment} decision={asked} onClose={close} />
      )}
      {asked === 'rollBack' && <RollBack deployment={deployment} onClose={close} />}
    </>
  );
}

interface DecideProps {
  deployment: DeploymentDetail;
  decision: Decision;
  onClose: () => void;
}

function Decide({ deployment, decision, onClose }: DecideProps) {
  const decide = useDecide();
  const [note, setNote] = useState('');
  // What was asked stays on the dialog while the page already shows what will be.
  const [seen] = useState(deployment);
  const approves = decision === 'approve';
  return (
    <ConfirmDialog
      title={t(approves ? 'approveTitle' : 'rejectTitle')}
      confirm={t(approves ? 'approve' : 'reject')}
      tone={approves ? 'primary' : 'error'}
      onConfirm={() => decide.mutateAsync({ deployment: seen, decision, note: note.trim() })}
      onClose={onClose}
    >
      <Effects lines={approves ? effectsOfApproval(seen) : effectsOfRejection(seen)} />
      <TextField
        label={approves ? t('note') : t('reason')}
        value={note}
        sx={{ mt: 2 }}
        slotProps={{ htmlInput: { maxLength: 500 } }}
        onChange={(event) => {
          setNote(event.target.value);
        }}
      />
    </ConfirmDialog>
  );
}

function RollBack({ deployment, onClose }: Omit<DecideProps, 'decision'>) {
  const rollBack = useRollBack();
  const navigate = useNavigate();
  const [key] = useState(() => crypto.randomUUID());
  return (
    <ConfirmDialog
      title={t('rollBackTitle', { environment: deployment.environment })}
      confirm={t('rollBack')}
      onConfirm={async () => {
        const made = await rollBack.mutateAsync({ id: deployment.id, key });
        void navigate(`/deployments/${made.id}`);
      }}
      onClose={onClose}
    >
      <Effects lines={effectsOfRollback(deployment)} />
    </ConfirmDialog>
  );
}
