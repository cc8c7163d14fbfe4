// An annotation while it is written.
import type { Annotation } from '@/lib/catalog';
import type { AnnotationDraft, AnnotationKey } from './api/use-annotations';
import { t } from './words';

export const annotationKeys: readonly AnnotationKey[] = ['owner', 'on-call', 'link', 'note'];

export const newDraft = (): AnnotationDraft => ({
  id: null,
  key: 'owner',
  value: '',
  url: null,
  idempotencyKey: crypto.randomUUID(),
});

export const draftOf = (item: Annotation): AnnotationDraft => ({
  id: item.id,
  key: item.key,
  value: item.value,
  url: item.url ?? null,
  idempotencyKey: crypto.randomUUID(),
});

/** A link that may be followed: http and https only, whatever was stored. */
export function safeLink(url: string | null): string | null {
  if (url === null || !URL.canParse(url)) return null;
  return ['http:', 'https:'].includes(new URL(url).protocol) ? url : null;
}

/** What is wrong with a draft, or null. */
export function draftProblem(draft: AnnotationDraft): string | null {
  if (draft.value.trim() === '') return t('needsValue');
  if (draft.key === 'link' && draft.url === null) return t('needsAddress');
  if (draft.url !== null && safeLink(draft.url) === null) return t('wrongAddress');
  return null;
}
