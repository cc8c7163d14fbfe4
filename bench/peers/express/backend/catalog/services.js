/** Services of the catalog: lists come from PostgreSQL, single reads from Redis while they last. */

const CACHE_SECONDS = 60;
const COLUMNS = 'name, kind, tier, description, replicas_min, replicas_max, calls, source';

const LIST = {
  name: 'list-services',
  text: `SELECT ${COLUMNS} FROM component WHERE name > $1 ORDER BY name LIMIT $2`,
};
const READ = { name: 'read-service', text: `SELECT ${COLUMNS} FROM component WHERE name = $1` };

/** @param {string} name */
export const cacheKey = (name) => `peer:cache:service:${name}`;

/** A row as the API shows it. */
const asService = (row) => ({
  name: row.name,
  kind: row.kind,
  tier: row.tier,
  description: row.description,
  replicas: { min: row.replicas_min, max: row.replicas_max },
  calls: row.calls,
  source: row.source,
});

/**
 * One page; one row more than asked for tells whether there is another.
 * @param {import('pg').Pool} pool
 * @param {{ limit: number, after: string }} page
 */
export async function listServices(pool, { limit, after }) {
  const { rows } = await pool.query({ ...LIST, values: [after, limit + 1] });
  const items = rows.slice(0, limit).map(asService);
  return { items, next: rows.length > limit ? items.at(-1).name : null };
}

/**
 * The service as JSON text, or null; the cached text is sent as it is, never parsed again.
 * @param {{ pool: import('pg').Pool, redis: import('ioredis').Redis }} stores
 * @param {string} name
 */
export async function readService({ pool, redis }, name) {
  const cached = await redis.get(cacheKey(name));
  if (cached !== null) return cached;
  const { rows } = await pool.query({ ...READ, values: [name] });
  if (rows.length === 0) return null;
  const body = JSON.stringify(asService(rows[0]));
  await redis.set(cacheKey(name), body, 'EX', CACHE_SECONDS);
  return body;
}
