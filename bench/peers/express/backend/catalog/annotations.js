/** Annotations: each is written together with its audit row, or not at all. */
import { randomUUID } from 'node:crypto';
import { cacheKey } from './services.js';

const INSERT = {
  name: 'insert-annotation',
  text: `INSERT INTO annotation (id, service, key, value, url, created_by)
    SELECT $1, name, $3, $4, $5, $6 FROM component WHERE name = $2
    RETURNING id, service, key, value, url, created_at, updated_at,
      (SELECT email FROM users WHERE users.id = created_by) AS created_by`,
};
const AUDIT = {
  name: 'insert-audit-event',
  text: `INSERT INTO audit_event (actor, action, target, detail, address, request_id)
    VALUES ($1, $2, $3, $4, $5, $6)`,
};

/** Runs the work in one transaction on one connection. */
async function transaction(pool, work) {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    const result = await work(client);
    await client.query('COMMIT');
    return result;
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  } finally {
    client.release();
  }
}

/**
 * The annotation as it was written, or null where there is no such service.
 * @param {{ pool: import('pg').Pool, redis: import('ioredis').Redis }} stores
 * @param {string} service
 * @param {{ key: string, value: string, url?: string | null }} wish
 * @param {{ subject: string, address: string, requestId: string }} caller
 */
export async function annotate({ pool, redis }, service, wish, caller) {
  const { key, value, url = null } = wish;
  const made = await transaction(pool, async (client) => {
    const values = [randomUUID(), service, key, value, url, caller.subject];
    const { rows } = await client.query({ ...INSERT, values });
    if (rows.length === 0) return null;
    await client.query({ ...AUDIT, values: auditOf(rows[0], caller) });
    return rows[0];
  });
  if (made !== null) await redis.del(cacheKey(service));
  return made;
}

function auditOf({ id, service, key, value, url }, { subject, address, requestId }) {
  const detail = { service, key, value, url };
  return [subject, 'annotation.created', id, detail, address, requestId];
}
