-- name: list_factors
SELECT id, kind, name, created_at, last_used_at FROM factor
WHERE user_id = $1 ORDER BY created_at, id

-- name: kinds
SELECT DISTINCT kind FROM factor WHERE user_id = $1

-- name: secrets
SELECT id, sealed FROM factor WHERE user_id = $1 AND kind = 'totp' ORDER BY created_at, id

-- name: passkeys
SELECT id, credential, transports, sealed, counter FROM factor
WHERE user_id = $1 AND kind = 'passkey' ORDER BY created_at, id

-- name: insert_factor
-- The id is that of the enrolment, so that one enrolment makes one factor.
INSERT INTO factor (id, user_id, kind, name, sealed, credential, transports, counter, last_used_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, now())
ON CONFLICT DO NOTHING
RETURNING id, kind, name, created_at, last_used_at

-- name: use_code
-- Of those who come with one code at once, the first takes it; older ones are worth nothing.
UPDATE factor SET counter = $2, last_used_at = now()
WHERE id = $1 AND counter < $2 RETURNING id

-- name: use_passkey
UPDATE factor SET counter = $2, last_used_at = now()
WHERE id = $1 AND (counter < $2 OR ($2 = 0 AND counter = 0)) RETURNING id

-- name: rename_factor
UPDATE factor SET name = $3 WHERE id = $1 AND user_id = $2
RETURNING id, kind, name, created_at, last_used_at

-- name: delete_factor
DELETE FROM factor WHERE id = $1 AND user_id = $2 RETURNING kind, name

-- name: delete_factors
DELETE FROM factor WHERE user_id = $1

-- name: count_recovery_codes
SELECT count(*)::int AS left FROM recovery_code WHERE user_id = $1

-- name: insert_recovery_codes
INSERT INTO recovery_code (user_id, digest) SELECT $1, unnest($2::bytea[])

-- name: use_recovery_code
DELETE FROM recovery_code WHERE user_id = $1 AND digest = $2 RETURNING user_id

-- name: delete_recovery_codes
DELETE FROM recovery_code WHERE user_id = $1

-- name: reserve_guess
-- Counts a guess before it is looked at; no row comes back while the account is locked. Guesses
-- before a lock stay counted, and every lock is twice as long as the one before, up to a day.
INSERT INTO factor_attempt AS attempt (user_id, failures, locked_until)
VALUES ($1, 1, CASE WHEN $2::int <= 1 THEN now() + make_interval(secs => $3::int) END)
ON CONFLICT (user_id) DO UPDATE SET
    failures = attempt.failures + 1,
    locked_until = CASE WHEN (attempt.failures + 1) % $2::int = 0 THEN now() + least(
        make_interval(secs => $3::int * 2 ^ least((attempt.failures + 1) / $2::int - 1, 12)),
        greatest(interval '1 day', make_interval(secs => $3::int))) END,
    last_at = now()
WHERE attempt.locked_until IS NULL OR attempt.locked_until <= now()
RETURNING failures

-- name: locked_for
SELECT ceil(extract(epoch FROM locked_until - now()))::int AS seconds
FROM factor_attempt WHERE user_id = $1

-- name: clear_guesses
DELETE FROM factor_attempt WHERE user_id = $1

-- name: spend
INSERT INTO spent_challenge (id, expires_at) VALUES ($1, $2)
ON CONFLICT DO NOTHING RETURNING id

-- name: is_proven
SELECT coalesce(verified_at, created_at) > now() - make_interval(secs => $2::int) AS proven
FROM session WHERE id = $1 AND ended_at IS NULL

-- name: prove_session
UPDATE session SET verified_at = clock_timestamp()
WHERE id = $1 AND user_id = $2 AND ended_at IS NULL RETURNING verified_at

-- name: forget_challenges
DELETE FROM spent_challenge WHERE expires_at < now() - interval '1 hour'

-- name: forget_guesses
DELETE FROM factor_attempt WHERE last_at < now() - interval '30 days'
