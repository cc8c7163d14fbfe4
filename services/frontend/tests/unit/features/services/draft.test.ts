// An annotation while it is written.
import { expect, it } from 'vitest';
import { draftProblem, newDraft, safeLink } from '@/features/services/draft';

it('follows only links of the web', () => {
  expect(safeLink('https://runbooks.example/a')).toBe('https://runbooks.example/a');
  for (const url of ['javascript:alert(1)', 'data:text/html,x', 'nonsense', null]) {
    expect(safeLink(url)).toBeNull();
  }
});

it('says what is missing', () => {
  const draft = newDraft();
  expect(draftProblem(draft)).toBe('A value is needed.');
  expect(draftProblem({ ...draft, key: 'link', value: 'Runbook' })).toMatch(/address/);
  expect(draftProblem({ ...draft, value: 'x', url: 'ftp://a' })).toMatch(/https/);
  expect(draftProblem({ ...draft, value: 'Platform team' })).toBeNull();
});

it('has a key of its own, so that repeating a create is one create', () => {
  expect(newDraft().idempotencyKey).not.toBe(newDraft().idempotencyKey);
});
