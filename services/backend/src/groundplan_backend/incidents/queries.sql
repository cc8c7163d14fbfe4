-- name: lock_key
SELECT pg_advisory_xact_lock(hashtextextended('incident:' || $1, 0))

-- name: read_latest
SELECT id, state, severity, resolved_at FROM incident WHERE key = $1 ORDER BY opened_at DESC LIMIT 1

-- name: insert
INSERT INTO incident (id, key, alertname, service, severity, slo, summary, description, runbook,
    dashboard, started_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)

-- name: reopen
UPDATE incident SET state = 'open', acknowledged_at = NULL, acknowledged_by = NULL,
    resolved_at = NULL, revision = revision + 1, updated_at = now()
WHERE id = $1

-- name: escalate
UPDATE incident SET severity = $2, summary = $3, description = $4, revision = revision + 1,
    updated_at = now()
WHERE id = $1

-- name: touch
UPDATE incident SET revision = revision + 1, updated_at = now() WHERE id = $1

-- name: acknowledge
UPDATE incident SET state = 'acknowledged', acknowledged_at = now(),
    acknowledged_by = (SELECT users.id FROM users WHERE users.id = $2::uuid),
    revision = revision + 1, updated_at = now()
WHERE id = $1

-- name: resolve
UPDATE incident SET state = 'resolved', resolved_at = now(), revision = revision + 1,
    updated_at = now()
WHERE id = $1

-- name: read_alert
SELECT ended_at FROM incident_alert WHERE incident_id = $1 AND fingerprint = $2

-- name: put_alert
INSERT INTO incident_alert (incident_id, fingerprint, labels, summary, description, source,
    started_at, ended_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
ON CONFLICT (incident_id, fingerprint) DO UPDATE SET labels = excluded.labels,
    summary = excluded.summary, description = excluded.description, source = excluded.source,
    started_at = excluded.started_at, ended_at = excluded.ended_at

-- name: count_firing
SELECT count(*) FROM incident_alert WHERE incident_id = $1 AND ended_at IS NULL

-- name: insert_entry
INSERT INTO incident_entry (incident_id, kind, by, text)
VALUES ($1, $2, (SELECT users.id FROM users WHERE users.id = $3::uuid), $4)
RETURNING id, at

-- name: lock
SELECT id, state, severity, resolved_at FROM incident WHERE id = $1 FOR UPDATE

-- name: read
SELECT * FROM incident_shown WHERE id = $1

-- name: list
SELECT * FROM incident_shown
WHERE (opened_at, id) < ($1, $2)
    AND ($3::text IS NULL OR state = $3 OR ($3 = 'unresolved' AND state <> 'resolved'))
    AND ($4::text IS NULL OR service = $4)
    AND ($5::text IS NULL OR alertname = $5)
    AND ($6::text IS NULL OR severity = $6)
ORDER BY opened_at DESC, id DESC LIMIT $7

-- name: list_alerts
SELECT fingerprint, labels, summary, description, source, started_at, ended_at
FROM incident_alert WHERE incident_id = $1 ORDER BY started_at, fingerprint LIMIT 500

-- name: list_entries
SELECT entry.id, entry.at, entry.kind, person.shown AS by, entry.text
FROM incident_entry AS entry LEFT JOIN user_shown AS person ON person.id = entry.by
WHERE entry.incident_id = $1 ORDER BY entry.id LIMIT 2000

-- name: forget
DELETE FROM incident WHERE state = 'resolved' AND resolved_at < now() - interval '400 days'

-- name: insert_channel
INSERT INTO notification_channel (id, name, kind, shown, sealed, severities, created_by)
VALUES ($1, $2, $3, $4, $5, $6, (SELECT users.id FROM users WHERE users.id = $7::uuid))

-- name: count_channels
SELECT count(*) FROM notification_channel

-- name: read_channel
SELECT * FROM notification_channel_shown WHERE id = $1

-- name: list_channels
SELECT * FROM notification_channel_shown WHERE name > $1 ORDER BY name LIMIT $2

-- name: lock_channel
SELECT id, name, kind, shown, sealed, severities, enabled, revision FROM notification_channel
WHERE id = $1 FOR UPDATE

-- name: update_channel
UPDATE notification_channel SET name = $2, shown = $3, sealed = $4, severities = $5, enabled = $6,
    revision = revision + 1, updated_at = now()
WHERE id = $1

-- name: delete_channel
DELETE FROM notification_channel WHERE id = $1

-- name: list_wanting
SELECT id, kind, sealed FROM notification_channel
WHERE enabled AND (severities = '{}' OR $1 = ANY(severities)) ORDER BY id

-- name: enqueue
INSERT INTO notification (id, channel_id, body) VALUES ($1, $2, $3)

-- name: take_due
-- Who dies with one in hand gives it back when its time is due again.
UPDATE notification AS message
SET attempts = attempts + 1, attempted_at = now(), due_at = now() + make_interval(secs => $2)
FROM notification_channel AS channel, (
    SELECT id FROM notification WHERE state = 'pending' AND due_at <= now()
    ORDER BY due_at LIMIT $1 FOR UPDATE SKIP LOCKED) AS chosen
WHERE message.id = chosen.id AND channel.id = message.channel_id
RETURNING message.id, message.body, message.attempts, message.tried_from, channel.id AS channel,
    channel.sealed

-- name: delivered
UPDATE notification SET state = 'delivered', status = $2, problem = NULL WHERE id = $1

-- name: missed
UPDATE notification SET status = $2, problem = $3, due_at = coalesce($4, due_at),
    state = CASE WHEN $4::timestamptz IS NULL THEN 'failed' ELSE 'pending' END
WHERE id = $1

-- name: forget_notifications
DELETE FROM notification WHERE created_at < now() - interval '7 days' AND state <> 'pending'
