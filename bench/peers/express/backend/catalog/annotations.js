/** Annotations: each is written together with its audit row, or not at all. */
import { randomUUID } from 'node:crypto';
import { cacheKey } from './services.js';

const INSERT = {
  name: 'insert-annotation',
  text: `INSERT INTO annotations (id, service, key, value, url, created_by)
    SELECT $1, name, $3, $4, $5, $6 FROM services WHERE name = $2
    RETURNING id, service, key, value, url, created_by, created_at, updated_at`,
};
const AUDIT = {
  name: 'insert-audit',
  text: `INSERT INTO audit (actor, action, object, detail) VALUES ($1, $2, $3, $4)`,
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

/** The annotation as it was written, or null where there is no such service. */
export async function annotate({ pool, redis }, service, { key, value, url = null }, subject) {
  const made = await transaction(pool, async (client) => {
    const values = [randomUUID(), service, key, value, url, subject];
    const { rows } = await client.query({ ...INSERT, values });
    if (rows.length === 0) return null;
    const detail = { service, key, value, url };
    await client.query({
      ...AUDIT,
      values: [subject, 'annotation.created', rows[0].id, detail],
    });
    return rows[0];
  });
  if (made !== null) await redis.del(cacheKey(service));
  return made;
}
