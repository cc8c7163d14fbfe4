-- name: insert_release
INSERT INTO release
    (id, service, version, digest, commit_id, sbom, built_by, built_at, created_by)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8,
    (SELECT users.id FROM users WHERE users.id = $9::uuid))
ON CONFLICT (service, version) DO NOTHING
RETURNING id

-- name: read_release
SELECT * FROM release_shown WHERE id = $1

-- name: read_version
SELECT * FROM release_shown WHERE service = $1 AND version = $2

-- name: list_releases
SELECT * FROM release_shown
WHERE (created_at, id) < ($1, $2)
ORDER BY created_at DESC, id DESC LIMIT $3

-- name: list_releases_of_service
SELECT * FROM release_shown
WHERE (created_at, id) < ($1, $2) AND service = $4
ORDER BY created_at DESC, id DESC LIMIT $3

-- name: find_releases
SELECT id, service FROM release WHERE id = ANY($1::uuid[])

-- name: insert_deployment
INSERT INTO deployment
    (id, environment, kind, services, state, note, requested_by, approvals_required, rollback_of)
VALUES ($1, $2, $3, $4, $5, $6,
    (SELECT users.id FROM users WHERE users.id = $7::uuid), $8, $9)

-- name: insert_parts
INSERT INTO deployment_service (deployment_id, environment, service, release_id, created_at)
SELECT deployment.id, deployment.environment, part.service, part.release, deployment.created_at
FROM deployment, unnest($2::text[], $3::uuid[]) AS part (service, release)
WHERE deployment.id = $1

-- name: read_deployment
SELECT * FROM deployment_shown WHERE id = $1

-- name: list_deployments
SELECT * FROM deployment_shown
WHERE (created_at, id) < ($1, $2) /* filters */
ORDER BY created_at DESC, id DESC LIMIT $3

-- name: list_deployments_of_service
SELECT deployment_shown.*
FROM deployment_service AS part JOIN deployment_shown ON deployment_shown.id = part.deployment_id
WHERE (part.created_at, part.deployment_id) < ($1, $2) AND part.service = $4 /* filters */
ORDER BY part.created_at DESC, part.deployment_id DESC LIMIT $3

-- name: list_parts
-- Until it is begun, what a deployment will replace is what is live now.
SELECT part.service, part.release_id, part.live, now_live.release_id AS live_id,
    coalesce(part.previous_id, CASE
        WHEN deployment.state IN ('planned', 'awaiting_approval') THEN now_live.release_id
    END) AS previous_id
FROM deployment_service AS part JOIN deployment ON deployment.id = part.deployment_id
LEFT JOIN deployment_service AS now_live ON now_live.live
    AND now_live.environment = part.environment AND now_live.service = part.service
WHERE part.deployment_id = $1 ORDER BY part.service

-- name: read_releases
SELECT * FROM release_shown WHERE id = ANY($1::uuid[])

-- name: list_approvals
SELECT decider.shown AS by, given.decision, given.note, given.at
FROM deployment_approval AS given JOIN user_shown AS decider ON decider.id = given.user_id
WHERE given.deployment_id = $1 ORDER BY given.at, given.user_id

-- name: list_artifacts
SELECT artifact, kind, at FROM deployment_artifact WHERE deployment_id = $1 ORDER BY at, artifact

-- name: read_rollback
SELECT id FROM deployment WHERE rollback_of = $1 AND state <> 'failed'
ORDER BY created_at DESC LIMIT 1

-- name: list_live
SELECT part.environment, part.service, part.release_id, part.deployment_id, deployment.finished_at
FROM deployment_service AS part JOIN deployment ON deployment.id = part.deployment_id
WHERE part.live

-- name: list_coming
SELECT DISTINCT ON (part.environment, part.service)
    part.environment, part.service, part.deployment_id, deployment.state
FROM deployment JOIN deployment_service AS part ON part.deployment_id = deployment.id
WHERE deployment.state IN ('planned', 'awaiting_approval', 'applying', 'verifying')
ORDER BY part.environment, part.service, part.busy DESC, part.created_at DESC

-- name: lock_deployment
SELECT id, environment, kind, services, state, revision, requested_by, approvals_required,
    rollback_of, agent, lease, coalesce(leased_until > now(), false) AS leased
FROM deployment WHERE id = $1 FOR UPDATE

-- name: move
UPDATE deployment SET state = $2, reason = $3, revision = revision + 1, updated_at = now(),
    finished_at = CASE WHEN $4 THEN coalesce(finished_at, now()) END,
    leased_until = CASE WHEN $4 THEN NULL ELSE leased_until END
WHERE id = $1

-- name: touch
UPDATE deployment SET revision = revision + 1, updated_at = now() WHERE id = $1

-- name: begin_parts
UPDATE deployment_service AS part SET busy = true, previous_id = (
    SELECT live.release_id FROM deployment_service AS live
    WHERE live.environment = part.environment AND live.service = part.service AND live.live)
WHERE part.deployment_id = $1

-- name: end_parts
UPDATE deployment_service SET busy = false WHERE deployment_id = $1

-- name: replace_live
UPDATE deployment_service AS former SET live = false
FROM deployment_service AS part
WHERE part.deployment_id = $1 AND former.live AND former.deployment_id <> $1
    AND former.environment = part.environment AND former.service = part.service

-- name: mark_live
UPDATE deployment_service SET busy = false, live = true WHERE deployment_id = $1

-- name: decide
INSERT INTO deployment_approval (deployment_id, user_id, decision, note) VALUES ($1, $2, $3, $4)
ON CONFLICT (deployment_id, user_id)
DO UPDATE SET decision = excluded.decision, note = excluded.note, at = now()

-- name: count_approvals
SELECT count(*) FROM deployment_approval
WHERE deployment_id = $1 AND decision = 'approve' AND user_id IS DISTINCT FROM $2

-- name: attach
INSERT INTO deployment_artifact (deployment_id, artifact, kind) VALUES ($1, $2, $3)
ON CONFLICT (deployment_id, artifact) DO NOTHING
RETURNING artifact

-- name: next_abandoned
SELECT id FROM deployment
WHERE environment = $1 AND state IN ('applying', 'verifying') AND leased_until <= now()
    AND ($2::text[] IS NULL OR services <@ $2)
ORDER BY created_at, id LIMIT 1 FOR UPDATE SKIP LOCKED

-- name: next_planned
SELECT id FROM deployment
WHERE environment = $1 AND state = 'planned' AND ($2::text[] IS NULL OR services <@ $2)
    AND NOT EXISTS (
        SELECT FROM deployment_service AS part JOIN deployment_service AS other
            ON other.environment = part.environment AND other.service = part.service
        WHERE part.deployment_id = deployment.id AND other.busy)
ORDER BY created_at, id LIMIT 1 FOR UPDATE SKIP LOCKED

-- name: lease
UPDATE deployment SET agent = $2, lease = $3, leased_until = now() + make_interval(secs => $4)
WHERE id = $1 RETURNING leased_until

-- name: renew
UPDATE deployment SET leased_until = now() + make_interval(secs => $3)
WHERE id = $1 AND lease = $2 AND state IN ('applying', 'verifying') RETURNING leased_until

-- name: lock_events
-- Any number that nobody else takes; held until the transaction commits.
SELECT pg_advisory_xact_lock(4992301746613088)

-- name: next_event
SELECT coalesce(max(id), 0) + 1 AS id, clock_timestamp() AS at,
    (SELECT shown FROM user_shown WHERE user_shown.id = $1::uuid) AS by
FROM delivery_event

-- name: insert_event
INSERT INTO delivery_event (id, at, type, environment, services, deployment_id, body)
VALUES ($1, $2, $3, $4, $5, $6, $7)

-- name: last_event
SELECT coalesce(max(id), 0) AS id FROM delivery_event

-- name: list_events
SELECT id, type, environment, services, deployment_id, body FROM delivery_event
WHERE id > $1 ORDER BY id LIMIT $2

-- name: list_events_of_deployment
SELECT id, type, environment, services, deployment_id, body FROM delivery_event
WHERE deployment_id = $1 AND id > $2 ORDER BY id LIMIT $3
