-- name: insert
INSERT INTO webhook (id, url, sealed, types, environment, created_by)
VALUES ($1, $2, $3, $4, $5, (SELECT users.id FROM users WHERE users.id = $6::uuid))

-- name: count
SELECT count(*) FROM webhook

-- name: read
SELECT * FROM webhook_shown WHERE id = $1

-- name: read_sealed
SELECT sealed FROM webhook WHERE id = $1

-- name: list
SELECT * FROM webhook_shown WHERE (created_at, id) > ($1, $2)
ORDER BY created_at, id LIMIT $3

-- name: lock
SELECT id, url, types, environment, enabled, revision FROM webhook WHERE id = $1 FOR UPDATE

-- name: update
UPDATE webhook SET url = $2, types = $3, environment = $4, enabled = $5,
    revision = revision + 1, updated_at = now()
WHERE id = $1

-- name: delete
DELETE FROM webhook WHERE id = $1 RETURNING url

-- name: enqueue
INSERT INTO webhook_delivery (id, webhook_id, event, type, body)
SELECT gen_random_uuid(), webhook.id, $1, $2, $4 FROM webhook
WHERE enabled AND (types = '{}' OR $2 = ANY(types))
    AND (environment IS NULL OR environment = $3)

-- name: ping
INSERT INTO webhook_delivery (id, webhook_id, event, type, body) VALUES ($1, $2, 0, $3, $4)
RETURNING id, event, type, state, attempts, due_at, attempted_at, status, problem, created_at

-- name: list_deliveries
SELECT id, event, type, state, attempts, CASE WHEN state = 'pending' THEN due_at END AS due_at,
    attempted_at, status, problem, created_at
FROM webhook_delivery
WHERE webhook_id = $1 AND (created_at, id) < ($2, $3)
ORDER BY created_at DESC, id DESC LIMIT $4

-- name: resend
UPDATE webhook_delivery SET state = 'pending', attempts = 0, due_at = now(), tried_from = now()
WHERE id = $2 AND webhook_id = $1
RETURNING id, event, type, state, attempts, due_at, attempted_at, status, problem, created_at

-- name: take_due
-- A few of each webhook, so that a dead one holds no other up; who dies with one in hand gives it
-- back when its time is due again.
UPDATE webhook_delivery AS delivery
SET attempts = attempts + 1, attempted_at = now(), due_at = now() + make_interval(secs => $3)
FROM webhook, (
    SELECT due.id FROM webhook AS receiver CROSS JOIN LATERAL (
        SELECT id FROM webhook_delivery AS waiting
        WHERE waiting.webhook_id = receiver.id AND state = 'pending' AND due_at <= now()
        ORDER BY due_at LIMIT $2 FOR UPDATE SKIP LOCKED) AS due
    WHERE receiver.enabled LIMIT $1) AS chosen
WHERE delivery.id = chosen.id AND webhook.id = delivery.webhook_id
RETURNING delivery.id, delivery.event, delivery.type, delivery.body, delivery.attempts,
    delivery.tried_from, webhook.id AS webhook, webhook.url, webhook.sealed

-- name: delivered
UPDATE webhook_delivery SET state = 'delivered', status = $2, problem = NULL WHERE id = $1

-- name: missed
UPDATE webhook_delivery SET status = $2, problem = $3, due_at = coalesce($4, due_at),
    state = CASE WHEN $4::timestamptz IS NULL THEN 'failed' ELSE 'pending' END
WHERE id = $1

-- name: forget
DELETE FROM webhook_delivery WHERE created_at < now() - interval '7 days' AND state <> 'pending'
