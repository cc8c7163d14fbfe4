-- name: insert_upload
INSERT INTO artifact
    (id, name, kind, subject, size, part_size, claimed, keep_days, created_by, expires_at)
SELECT $1, $2, $3, $4, $5, $6, $7, $8, (SELECT id FROM users WHERE id = $9::uuid),
    now() + $10::interval

-- name: unfinished
SELECT count(*) FROM artifact
WHERE created_by = $1::uuid AND state IN ('uploading', 'checking') AND expires_at > now()

-- name: read_upload
SELECT artifact.id, name, kind, subject, artifact.size, part_size, claimed, state, refusal,
    artifact.expires_at,
    coalesce((SELECT array_agg((part.number, part.size, part.sha256) ORDER BY part.number)
        FROM artifact_part AS part
        WHERE part.artifact_id = artifact.id AND part.received_at IS NOT NULL), '{}') AS received
FROM artifact WHERE artifact.id = $1 AND (state <> 'ready' OR checked_at > now() - interval '1 day')

-- name: read_frame
SELECT size, part_size, state FROM artifact WHERE id = $1

-- name: lock_upload
SELECT state, size, part_size, claimed, refusal, name FROM artifact WHERE id = $1 FOR UPDATE

-- name: reserve
INSERT INTO artifact_leftover (object, after)
SELECT object, now() + $2::interval FROM unnest($1::text[]) AS object

-- name: keep
DELETE FROM artifact_leftover WHERE object = ANY($1::text[])

-- name: put_part
WITH replaced AS (
    SELECT object FROM artifact_part WHERE artifact_id = $1 AND number = $2
), dropped AS (
    INSERT INTO artifact_leftover (object, after)
    SELECT object, now() + interval '2 hours' FROM replaced WHERE object <> $3
    ON CONFLICT (object) DO NOTHING
)
INSERT INTO artifact_part (artifact_id, number, object, size, sha256, received_at)
VALUES ($1, $2, $3, $4, $5, CASE WHEN $6 THEN now() END)
ON CONFLICT (artifact_id, number) DO UPDATE SET object = excluded.object,
    size = excluded.size, sha256 = excluded.sha256, received_at = excluded.received_at

-- name: list_parts
SELECT number, object, size, sha256, received_at FROM artifact_part
WHERE artifact_id = $1 ORDER BY number

-- name: begin_check
UPDATE artifact SET state = 'checking', checked_at = now(), claimed = coalesce(claimed, $2)
WHERE id = $1

-- name: claim_check
UPDATE artifact SET checked_at = now()
WHERE id = (SELECT id FROM artifact
    WHERE state = 'checking' AND checked_at < now() - $1::interval
    ORDER BY checked_at LIMIT 1 FOR UPDATE SKIP LOCKED)
RETURNING id

-- name: read_check
SELECT name, size, part_size, claimed FROM artifact WHERE id = $1 AND state = 'checking'

-- name: still_checking
UPDATE artifact SET checked_at = now() WHERE id = $1 AND state = 'checking'

-- name: accept
UPDATE artifact SET state = 'ready', sha256 = $2, media_type = $3, completed_at = now(),
    checked_at = now(), expires_at = now() + keep_days * interval '1 day'
WHERE id = $1 AND state = 'checking'
RETURNING name, kind, size

-- name: refuse
UPDATE artifact SET state = 'refused', refusal = $2, checked_at = now(),
    expires_at = now() + interval '1 day'
WHERE id = $1 AND state = 'checking'
RETURNING name, kind, size

-- name: drop_parts
WITH gone AS (DELETE FROM artifact_part WHERE artifact_id = ANY($1::uuid[]) RETURNING object)
INSERT INTO artifact_leftover (object, after)
SELECT object, now() + interval '10 minutes' FROM gone
ON CONFLICT (object) DO NOTHING

-- name: list_artifacts
SELECT artifact.id, artifact.name, artifact.kind, subject, size, sha256, media_type,
    users.email AS created_by, artifact.created_at, artifact.expires_at
FROM artifact LEFT JOIN users ON users.id = artifact.created_by
WHERE artifact.state = 'ready' AND artifact.expires_at > now()
    AND ($1::text IS NULL OR artifact.kind = $1)
    AND ($2::text IS NULL OR subject = $2)
    AND ($3::text IS NULL OR strpos(lower(artifact.name), lower($3)) > 0)
    AND ($4::timestamptz IS NULL OR (artifact.created_at, artifact.id) < ($4, $5))
ORDER BY artifact.created_at DESC, artifact.id DESC LIMIT $6

-- name: read_artifact
SELECT artifact.id, artifact.name, artifact.kind, subject, size, sha256, media_type,
    users.email AS created_by, artifact.created_at, artifact.expires_at
FROM artifact LEFT JOIN users ON users.id = artifact.created_by
WHERE artifact.id = $1 AND artifact.state = 'ready' AND artifact.expires_at > now()

-- name: keep_artifact
UPDATE artifact SET expires_at = now() + $2 * interval '1 day', keep_days = $2
WHERE id = $1 AND state = 'ready' AND expires_at > now()
RETURNING id

-- name: expired
SELECT id, name, state FROM artifact WHERE expires_at < now() AND state <> 'checking'
ORDER BY expires_at LIMIT $1 FOR UPDATE SKIP LOCKED

-- name: delete_all
DELETE FROM artifact WHERE id = ANY($1::uuid[])

-- name: leftovers
SELECT object FROM artifact_leftover WHERE after < now()
ORDER BY after LIMIT $1 FOR UPDATE SKIP LOCKED
