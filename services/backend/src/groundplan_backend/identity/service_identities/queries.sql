-- name: insert
-- No e-mail can reach the address (RFC 2606), and no password is verified against `!`.
INSERT INTO users (id, email, password, role, kind, name)
VALUES ($1, $2 || '@service.invalid', '!', $3, 'service', $2)
ON CONFLICT DO NOTHING
RETURNING id, name, role, created_at, 0 AS tokens

-- name: read
SELECT id, name, role, created_at,
    (SELECT count(*) FROM api_token AS token WHERE token.user_id = users.id
        AND token.revoked_at IS NULL AND token.expires_at > now()) AS tokens
FROM users WHERE id = $1 AND kind = 'service'

-- name: list
SELECT id, name, role, created_at,
    (SELECT count(*) FROM api_token AS token WHERE token.user_id = users.id
        AND token.revoked_at IS NULL AND token.expires_at > now()) AS tokens
FROM users WHERE kind = 'service' AND name > $1 ORDER BY name LIMIT $2

-- name: named
SELECT id FROM users WHERE name = $1 AND kind = 'service'

-- name: lock
SELECT id, name FROM users WHERE id = $1 AND kind = 'service' FOR UPDATE

-- name: delete
DELETE FROM users WHERE id = $1 AND kind = 'service'
