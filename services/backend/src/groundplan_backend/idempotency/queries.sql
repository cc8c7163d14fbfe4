-- name: claim
-- The lock ends with the transaction; a second request with the same key does not get it.
SELECT claim.taken, kept.body_digest, kept.body
FROM (SELECT pg_try_advisory_xact_lock(hashtextextended(concat_ws(E'\n', $1::text, $2::text, $3::text), 0)) AS taken) AS claim
LEFT JOIN idempotency_key AS kept
    ON kept.caller = $1 AND kept.route = $2 AND kept.key = $3
    AND kept.created_at > now() - interval '24 hours'

-- name: keep
INSERT INTO idempotency_key (caller, route, key, body_digest, body)
VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (caller, route, key) DO UPDATE
SET body_digest = excluded.body_digest, body = excluded.body, created_at = now()
WHERE idempotency_key.created_at <= now() - interval '24 hours'
RETURNING true

-- name: forget
DELETE FROM idempotency_key WHERE created_at < now() - interval '24 hours'
