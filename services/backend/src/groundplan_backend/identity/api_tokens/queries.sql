-- name: owner
-- One at a time: whoever changes or deletes the owner waits until the token can be revoked.
SELECT id, email, name, role, kind FROM users WHERE id = $1 AND NOT disabled FOR NO KEY UPDATE

-- name: kind_of
SELECT kind FROM users WHERE id = $1

-- name: count_live
SELECT count(*) AS live FROM api_token
WHERE user_id = $1 AND revoked_at IS NULL AND expires_at > now()

-- name: insert
INSERT INTO api_token (id, user_id, name, scopes, role, kid, created_by, created_at, expires_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)

-- name: read
SELECT token.id, token.user_id, token.name, token.scopes, token.role, token.kid,
    token.created_by, token.created_at, token.expires_at, token.revoked_at,
    token.expires_at <= now() AS expired,
    CASE WHEN users.kind = 'service' THEN users.name ELSE users.email END AS owner
FROM api_token AS token JOIN users ON users.id = token.user_id
WHERE token.id = $1

-- name: list
SELECT token.id, token.user_id, token.name, token.scopes, token.role, token.kid,
    token.created_by, token.created_at, token.expires_at, token.revoked_at,
    token.expires_at <= now() AS expired,
    CASE WHEN users.kind = 'service' THEN users.name ELSE users.email END AS owner
FROM api_token AS token JOIN users ON users.id = token.user_id
WHERE token.user_id = $1
    AND ($2::timestamptz IS NULL OR (token.created_at, token.id) < ($2, $3::uuid))
ORDER BY token.created_at DESC, token.id DESC LIMIT $4

-- name: revoke
UPDATE api_token SET revoked_at = now()
WHERE id = $1 AND user_id = $2 AND revoked_at IS NULL RETURNING id

-- name: revoke_all
UPDATE api_token SET revoked_at = now()
WHERE user_id = $1 AND revoked_at IS NULL RETURNING id

-- name: lock_live
-- Held until Redis has them: a revocation comes before or after, never in between.
SELECT token.id, token.user_id, token.role, token.expires_at
FROM api_token AS token JOIN users ON users.id = token.user_id
WHERE token.id > $1 AND token.revoked_at IS NULL AND token.expires_at > now()
    AND NOT users.disabled
ORDER BY token.id LIMIT $2
FOR SHARE OF token

-- name: forget
DELETE FROM api_token
WHERE coalesce(revoked_at, expires_at) < now() - interval '90 days'
