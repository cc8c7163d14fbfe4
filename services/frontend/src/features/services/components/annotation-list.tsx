// Annotations of a service, and for operators the way to change them.
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import IconButton from '@mui/material/IconButton';
import Link from '@mui/material/Link';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { Failure, Loading } from '@/components/feedback';
import { Icon } from '@/components/icon';
import { Section } from '@/components/section';
import { useHolds } from '@/hooks/use-session';
import type { Annotation } from '@/lib/catalog';
import { messageOf } from '@/lib/problem';
import {
  useAnnotations,
  useDeleteAnnotation,
  useSaveAnnotation,
  type AnnotationDraft,
} from '../api/use-annotations';
import { AnnotationForm } from './annotation-form';
import { draftOf, newDraft, safeLink } from '../draft';
import { t } from '../words';

export function AnnotationList({ service }: { service: string }) {
  const operator = useHolds('operator');
  const list = useAnnotations(service);
  const save = useSaveAnnotation(service);
  const remove = useDeleteAnnotation(service);
  const [draft, setDraft] = useState<AnnotationDraft | null>(null);

  function submit(next: AnnotationDraft): void {
    setDraft(null);
    save.mutate(next, {
      onError: () => {
        setDraft(next);
      },
    });
  }

  const add = operator && draft === null && (
    <Button
      startIcon={<Icon name="plus" size={14} />}
      onClick={() => {
        setDraft(newDraft());
      }}
    >
      {t('add')}
    </Button>
  );
  return (
    <Section title={t('annotations')} action={add}>
      {list.isPending && <Loading rows={2} height={28} />}
      {list.error !== null && list.data === undefined && (
        <Failure title={t('annotationsUnreadable')} error={list.error} />
      )}
      {remove.error !== null && (
        <Alert
          severity="error"
          sx={{ mb: 1 }}
          onClose={() => {
            remove.reset();
          }}
        >
          {t('notDeleted', { reason: messageOf(remove.error) })}
        </Alert>
      )}
      {list.data?.items.length === 0 && draft === null && (
        <Typography variant="body2" color="textSecondary">
          {t('none')} {t(operator ? 'addSome' : 'canAdd')}
        </Typography>
      )}
      <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0 }}>
        {list.data?.items.map((item) => (
          <Entry
            key={item.id}
            item={item}
            editable={operator}
            onEdit={() => {
              setDraft(draftOf(item));
            }}
            onDelete={() => {
              remove.mutate(item.id);
            }}
          />
        ))}
      </Box>
      {draft !== null && (
        <AnnotationForm
          key={draft.idempotencyKey}
          draft={draft}
          error={save.error}
          onSave={submit}
          onCancel={() => {
            setDraft(null);
            save.reset();
          }}
        />
      )}
    </Section>
  );
}

interface EntryProps {
  item: Annotation;
  editable: boolean;
  onEdit: () => void;
  onDelete: () => void;
}

function Entry({ item, editable, onEdit, onDelete }: EntryProps) {
  const url = safeLink(item.url ?? null);
  const said = { kind: t(item.key), value: item.value };
  return (
    <Box component="li" sx={{ display: 'flex', gap: 1, minHeight: 32, alignItems: 'center' }}>
      <Typography variant="body2" color="textSecondary" sx={{ width: 64, flexShrink: 0 }}>
        {t(item.key)}
      </Typography>
      <Typography variant="body2" sx={{ flexGrow: 1, minWidth: 0, overflowWrap: 'anywhere' }}>
        {url === null ? (
          item.value
        ) : (
          <Link href={url} target="_blank" rel="noreferrer">
            {item.value}
          </Link>
        )}
      </Typography>
      {editable && (
        <Box sx={{ flexShrink: 0 }}>
          <IconButton aria-label={t('edit', said)} onClick={onEdit}>
            <Icon name="edit" size={14} />
          </IconButton>
          <IconButton aria-label={t('remove', said)} onClick={onDelete}>
            <Icon name="trash" size={14} />
          </IconButton>
        </Box>
      )}
    </Box>
  );
}
