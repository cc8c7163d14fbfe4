-- name: insert
INSERT INTO audit.event (id, at, actor, action, target, outcome, detail, before, after,
    address, request_id, trace_id, proof)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)

-- name: lock
-- One seals at a time; whoever finds it taken has nothing to do.
SELECT pg_try_advisory_xact_lock(4711201123665522)

-- name: head
SELECT link.position, link.seal, event.at
FROM audit.seal AS link LEFT JOIN audit.event ON event.id = link.event
ORDER BY link.position DESC LIMIT 1

-- name: seal_at
SELECT seal FROM audit.seal WHERE position = $1

-- name: unsealed
SELECT id, at, actor, action, target, outcome, detail, before, after, address, request_id,
    trace_id, proof
FROM audit.event AS event
WHERE id > $1 AND id <= $2 AND NOT EXISTS (SELECT FROM audit.seal WHERE seal.event = event.id)
ORDER BY id LIMIT $3

-- name: seal
INSERT INTO audit.seal (position, event, seal)
SELECT * FROM unnest($1::bigint[], $2::uuid[], $3::bytea[])

-- name: chain
SELECT link.position, link.event, link.seal, event.id, event.at, event.actor, event.action,
    event.target, event.outcome, event.detail, event.before, event.after, event.address,
    event.request_id, event.trace_id, event.proof
FROM audit.seal AS link LEFT JOIN audit.event ON event.id = link.event
WHERE link.position > $1 ORDER BY link.position LIMIT $2

-- name: stride
SELECT id FROM audit.event WHERE id > $1 ORDER BY id OFFSET $2 LIMIT 1

-- name: waiting
SELECT count(*)::int AS waiting FROM (
    SELECT FROM audit.event
    WHERE id > $1 AND NOT EXISTS (SELECT FROM audit.seal WHERE seal.event = event.id)
    LIMIT 1000
) AS open

-- name: protected
SELECT bool_and(
    NOT pg_has_role(relowner, 'MEMBER')
    AND NOT has_table_privilege(pg_class.oid, 'UPDATE, DELETE, TRUNCATE, TRIGGER')
) AS protected
FROM pg_class WHERE oid IN ('audit.event'::regclass, 'audit.seal'::regclass)

-- name: last_of
SELECT id, at, actor, action, target, outcome, detail, before, after, address, request_id,
    trace_id, proof
FROM audit.event WHERE action = $1 ORDER BY id DESC LIMIT 10

-- name: actions
-- One step in the index for each action, however many events there are.
WITH RECURSIVE found AS (
    (SELECT action FROM audit.event ORDER BY action LIMIT 1)
    UNION ALL
    SELECT (SELECT action FROM audit.event WHERE action > found.action ORDER BY action LIMIT 1)
    FROM found WHERE found.action IS NOT NULL
)
SELECT action FROM found WHERE action IS NOT NULL LIMIT 500

-- name: user_by_email
SELECT id::text FROM users WHERE email = lower($1)

-- name: listed
-- What a list shows; conditions, order and limit are put behind it.
SELECT event.id, event.at, event.actor, users.email AS actor_name, event.action, event.target,
    event.outcome, event.address, event.request_id, event.trace_id, link.position,
    event.proof IS NOT NULL AS signed
FROM audit.event AS event
LEFT JOIN audit.seal AS link ON link.event = event.id
LEFT JOIN users ON users.id = CASE
    WHEN event.actor ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' THEN event.actor::uuid END

-- name: one
SELECT event.id, event.at, event.actor, event.action, event.target, event.outcome, event.detail,
    event.before, event.after, event.address, event.request_id, event.trace_id, event.proof,
    link.position, link.seal, users.email AS actor_name
FROM audit.event AS event
LEFT JOIN audit.seal AS link ON link.event = event.id
LEFT JOIN users ON users.id = CASE
    WHEN event.actor ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' THEN event.actor::uuid END
WHERE event.id = $1

-- name: exported
SELECT event.id, event.at, event.actor, event.action, event.target, event.outcome, event.detail,
    event.before, event.after, event.address, event.request_id, event.trace_id, event.proof,
    link.position, link.seal
FROM audit.event AS event LEFT JOIN audit.seal AS link ON link.event = event.id

-- name: floor
SELECT id FROM audit.event WHERE id < $1 ORDER BY id DESC OFFSET $2 LIMIT 1

-- name: ids
SELECT event.id FROM audit.event AS event
