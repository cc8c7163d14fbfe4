/** One row of the audit record, in the transaction of what it tells of. */
const INSERT = {
  name: 'insert-audit-event',
  text: `INSERT INTO audit_event (actor, action, target, detail, address, request_id)
    VALUES ($1, $2, $3, $4, $5, $6)`,
};

/**
 * @param {import('pg').PoolClient} client
 * @param {{ subject: string, address: string, requestId: string }} caller
 */
export function record(client, { subject, address, requestId }, action, target, detail) {
  return client.query({ ...INSERT, values: [subject, action, target, detail, address, requestId] });
}
