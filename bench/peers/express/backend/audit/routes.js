/** The audit record over HTTP: search, newest first. Administrators only. */
import { Router } from 'express';
import * as z from 'zod';

const Page = z.object({
  text: z.string().min(1).max(200),
  limit: z.coerce.number().int().min(1).max(100).default(20),
});

// The same table and the same index: words are kept in lower case, a longer one also begins others.
const SEARCH = {
  name: 'search-audit',
  text: `SELECT event.id, event.at, event.actor, users.email AS actor_name, event.action,
      event.target, event.outcome, event.address, event.request_id, event.trace_id,
      link.position, event.proof IS NOT NULL AS signed
    FROM audit.event AS event
    LEFT JOIN audit.seal AS link ON link.event = event.id
    LEFT JOIN users ON users.id::text = event.actor
    WHERE event.words @@ $1::tsquery ORDER BY event.id DESC LIMIT $2`,
};

const wordsOf = (text) =>
  text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)
    .map((word) => `'${word}':*`)
    .join(' & ');

/** @param {{ pool: import('pg').Pool }} stores */
export function auditRoutes({ pool }) {
  const routes = Router();

  routes.get('/events', async (req, res) => {
    if (req.get('x-groundplan-role') !== 'administrator') {
      return res.status(403).json({ status: 403, code: 'forbidden' });
    }
    const page = Page.safeParse(req.query);
    if (!page.success) {
      return res.status(400).json({ status: 400, errors: page.error.issues });
    }
    const { text, limit } = page.data;
    const { rows } = await pool.query({ ...SEARCH, values: [wordsOf(text), limit + 1] });
    const items = rows.slice(0, limit);
    return res.json({ items, next: rows.length > limit ? items.at(-1).id : null });
  });

  return routes;
}
