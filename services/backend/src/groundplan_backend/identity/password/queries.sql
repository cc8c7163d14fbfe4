-- name: user
SELECT id, email, password, role, disabled FROM users WHERE id = $1 AND kind = 'person'

-- name: set_password
-- Only while the password is the one that was verified.
UPDATE users SET password = $3, updated_at = now()
WHERE id = $1 AND password = $2 RETURNING id

-- name: insert_request
INSERT INTO password_reset_request (id, email, address, request_id) VALUES ($1, $2, $3, $4)

-- name: take_request
-- One request that nobody has looked at; other replicas pass over it meanwhile.
SELECT id, email, address, request_id, created_at FROM password_reset_request
WHERE handled_at IS NULL ORDER BY created_at LIMIT 1 FOR UPDATE SKIP LOCKED

-- name: handled
UPDATE password_reset_request SET handled_at = now() WHERE id = $1

-- name: recent
SELECT count(*) AS mails FROM password_reset
WHERE user_id = $1 AND created_at > now() - interval '1 hour'

-- name: insert_reset
INSERT INTO password_reset (digest, user_id, expires_at)
VALUES ($1, $2, now() + make_interval(secs => $3))

-- name: is_open
SELECT reset.user_id, users.email
FROM password_reset AS reset JOIN users ON users.id = reset.user_id
WHERE reset.digest = $1 AND reset.used_at IS NULL AND reset.expires_at > now()
    AND NOT users.disabled

-- name: use
-- Of several who come at once with the same link one gets the row.
UPDATE password_reset SET used_at = now()
WHERE digest = $1 AND used_at IS NULL AND expires_at > now() RETURNING user_id

-- name: lock_user
SELECT id, email, disabled FROM users WHERE id = $1 AND kind = 'person' FOR UPDATE

-- name: replace_password
UPDATE users SET password = $2, updated_at = now() WHERE id = $1

-- name: end_resets
UPDATE password_reset SET used_at = now() WHERE user_id = $1 AND used_at IS NULL

-- name: forget_requests
DELETE FROM password_reset_request WHERE created_at < now() - interval '1 day'

-- name: forget_resets
DELETE FROM password_reset WHERE expires_at < now() - interval '1 day'
