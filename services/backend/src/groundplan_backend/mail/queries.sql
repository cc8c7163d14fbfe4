-- name: insert
INSERT INTO mail_outbox (id, sealed) VALUES ($1, $2)

-- name: take
-- One mail that is due; other replicas pass over it while it is being sent.
SELECT id, sealed, created_at, attempts FROM mail_outbox
WHERE sent_at IS NULL AND NOT given_up AND next_at <= now()
ORDER BY next_at LIMIT 1 FOR UPDATE SKIP LOCKED

-- name: sent
-- What it said is forgotten: it may hold a link that is worth a password.
UPDATE mail_outbox SET sent_at = now(), attempts = attempts + 1, sealed = '' WHERE id = $1

-- name: failed
UPDATE mail_outbox SET attempts = attempts + 1, given_up = $3,
    sealed = CASE WHEN $3 THEN '' ELSE sealed END,
    next_at = now() + make_interval(secs => $2)
WHERE id = $1

-- name: forget
DELETE FROM mail_outbox WHERE created_at < now() - interval '7 days'
