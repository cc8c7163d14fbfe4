-- name: reserve_attempt
-- Counts a try before it is made; no row comes back while the address is locked.
INSERT INTO sign_in_attempt AS attempt (email, failures, locked_until)
VALUES ($1, 1, CASE WHEN $2::int <= 1 THEN now() + make_interval(secs => $3::int) END)
ON CONFLICT (email) DO UPDATE SET
    failures = CASE WHEN attempt.last_at < now() - make_interval(secs => $3::int)
        THEN 1 ELSE attempt.failures + 1 END,
    locked_until = CASE
        WHEN attempt.last_at < now() - make_interval(secs => $3::int) AND $2::int > 1 THEN NULL
        WHEN attempt.failures + 1 >= $2::int THEN now() + make_interval(secs => $3::int) END,
    last_at = now()
WHERE attempt.locked_until IS NULL OR attempt.locked_until <= now()
RETURNING failures

-- name: locked_for
SELECT ceil(extract(epoch FROM locked_until - now()))::int AS seconds
FROM sign_in_attempt WHERE email = $1

-- name: clear_attempts
DELETE FROM sign_in_attempt WHERE email = $1

-- name: user_by_email
SELECT id, email, password, role, disabled FROM users WHERE email = $1 AND kind = 'person'

-- name: user_by_id
SELECT id, email, role, disabled, created_at, updated_at,
    EXISTS (SELECT FROM factor WHERE user_id = users.id) AS mfa
FROM users WHERE id = $1 AND kind = 'person'

-- name: user_to_admit
-- Whoever changes or deletes the user waits until the new session is there to be ended.
SELECT id, email, role, disabled, password,
    array(SELECT DISTINCT kind FROM factor WHERE user_id = users.id) AS factors
FROM users WHERE id = $1 FOR SHARE

-- name: lock_user
SELECT id FROM users WHERE id = $1 FOR UPDATE

-- name: list_users
SELECT id, email, role, disabled, created_at, updated_at,
    EXISTS (SELECT FROM factor WHERE user_id = users.id) AS mfa
FROM users WHERE email > $1 AND kind = 'person' ORDER BY email LIMIT $2

-- name: insert_user
INSERT INTO users (id, email, password, role) VALUES ($1, $2, $3, $4)
ON CONFLICT (email) DO NOTHING
RETURNING id, email, role, disabled, created_at, updated_at, false AS mfa

-- name: update_user
UPDATE users SET
    role = coalesce($2, role), disabled = coalesce($3, disabled),
    password = coalesce($4, password), updated_at = now()
WHERE id = $1 AND kind = 'person'
RETURNING id, email, role, disabled, created_at, updated_at,
    EXISTS (SELECT FROM factor WHERE user_id = users.id) AS mfa

-- name: set_password
UPDATE users SET password = $2 WHERE id = $1

-- name: delete_user
DELETE FROM users WHERE id = $1 AND kind = 'person' RETURNING email

-- name: insert_first_administrator
INSERT INTO users (id, email, password, role)
SELECT $1, $2, $3, 'administrator' WHERE NOT EXISTS (SELECT FROM users)

-- name: insert_session
INSERT INTO session (id, user_id, expires_at, method, address, agent)
VALUES ($1, $2, $3, $4, $5, $6)

-- name: insert_refresh_token
INSERT INTO refresh_token (digest, session_id, predecessor) VALUES ($1, $2, $3)

-- name: session_of_token
-- Locks the session, so that parallel refreshes of one family come one after the other.
SELECT token.digest, token.spent_at, session.id AS session_id, session.created_at,
    session.last_seen_at, session.expires_at, session.ended_at, session.address, session.agent,
    session.method,
    users.id AS user_id, users.email, users.role, users.disabled
FROM session
JOIN refresh_token AS token ON token.session_id = session.id
JOIN users ON users.id = session.user_id
WHERE token.digest = $1
FOR UPDATE OF session

-- name: token_state
-- Read after the lock is held: what a parallel refresh did meanwhile.
SELECT token.spent_at, clock_timestamp() AS now,
    EXISTS (SELECT FROM refresh_token AS next
        WHERE next.predecessor = token.digest AND next.spent_at IS NULL) AS is_previous
FROM refresh_token AS token WHERE token.digest = $1

-- name: spend_token
UPDATE refresh_token SET spent_at = clock_timestamp() WHERE digest = $1

-- name: touch_session
UPDATE session SET last_seen_at = now() WHERE id = $1

-- name: end_session
UPDATE session SET ended_at = now()
WHERE id = $1 AND user_id = $2 AND ended_at IS NULL RETURNING id

-- name: end_sessions
UPDATE session SET ended_at = now() WHERE user_id = $1 AND ended_at IS NULL RETURNING id

-- name: list_sessions
SELECT id, created_at, last_seen_at, address, agent FROM session
WHERE user_id = $1 AND ended_at IS NULL AND expires_at > now()
    AND last_seen_at > now() - make_interval(secs => $2)
ORDER BY created_at DESC, id LIMIT 100

-- name: lock_keys
SELECT pg_try_advisory_xact_lock(7310593858019453) AS held

-- name: list_keys
SELECT kid, sealed, signs_from,
    EXISTS (SELECT FROM api_token WHERE api_token.kid = signing_key.kid
        AND revoked_at IS NULL AND expires_at > now() - interval '1 minute') AS holds
FROM signing_key ORDER BY signs_from, kid

-- name: insert_key
INSERT INTO signing_key (kid, sealed, signs_from) VALUES ($1, $2, $3)

-- name: delete_keys
DELETE FROM signing_key WHERE kid = ANY($1::text[])
    AND NOT EXISTS (SELECT FROM api_token WHERE api_token.kid = signing_key.kid
        AND revoked_at IS NULL AND expires_at > now() - interval '1 minute')

-- name: forget_sessions
DELETE FROM session WHERE expires_at < now() - interval '7 days'

-- name: forget_attempts
DELETE FROM sign_in_attempt WHERE last_at < now() - interval '1 day'
