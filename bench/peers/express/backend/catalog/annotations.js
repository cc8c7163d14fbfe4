/** Annotations: each is written together with its audit row, or not at all. */
import { randomUUID } from 'node:crypto';
import { record } from '../audit/record.js';
import { transaction } from '../transaction.js';
import { cacheKey } from './services.js';

const INSERT = {
  name: 'insert-annotation',
  text: `INSERT INTO annotation (id, service, key, value, url, created_by)
    SELECT $1, name, $3, $4, $5, $6 FROM component WHERE name = $2
    RETURNING id, service, key, value, url, created_at, updated_at,
      (SELECT email FROM users WHERE users.id = created_by) AS created_by`,
};

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
    const { id } = rows[0];
    await record(client, caller, 'annotation.created', id, { service, key, value, url });
    return rows[0];
  });
  if (made !== null) await redis.del(cacheKey(service));
  return made;
}
