// What went wrong with a request.
import { expect, it } from 'vitest';
import { isTemporary, ProblemError, problemOf, unreachable } from '@/lib/problem';
import { json } from '../../made';

it('reads a problem as the API sends it', () => {
  const body = {
    code: 'conflict',
    title: 'Conflict',
    detail: 'It is there already.',
    errors: [{ path: 'email', message: 'is taken' }],
    request_id: 'r-1',
  };
  expect(problemOf(json(body, 409, { 'retry-after': '7' }), body)).toMatchObject({
    code: 'conflict',
    message: 'It is there already.',
    status: 409,
    fields: [{ path: 'email', message: 'is taken' }],
    retryAfter: 7,
    requestId: 'r-1',
  });
});

it('says something sensible of an answer that is no problem document', () => {
  const html = problemOf(new Response('<html>', { status: 502 }), null);
  expect(html.code).toBe('unavailable');
  expect(html.message).not.toContain('<');
});

it('asks again only for what may pass by itself', () => {
  const of = (status: number) => new ProblemError('x', 'x', status);
  expect([of(503), of(429), unreachable()].map(isTemporary)).toEqual([true, true, true]);
  expect([of(404), of(403), new Error('bug')].map(isTemporary)).toEqual([false, false, false]);
});
