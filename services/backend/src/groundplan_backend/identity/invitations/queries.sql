-- name: has_user
SELECT 1 FROM users WHERE email = $1

-- name: revoke_open
UPDATE invitation SET revoked_at = now()
WHERE email = $1 AND accepted_at IS NULL AND revoked_at IS NULL

-- name: insert
INSERT INTO invitation (id, email, role, digest, invited_by, expires_at)
VALUES ($1, $2, $3, $4, $5, now() + make_interval(secs => $6))
RETURNING id, email, role, invited_by, created_at, expires_at, accepted_at, revoked_at,
    false AS expired

-- name: renew
UPDATE invitation
SET digest = $2, expires_at = now() + make_interval(secs => $3), invited_by = $4
WHERE id = $1 AND accepted_at IS NULL AND revoked_at IS NULL
RETURNING id, email, role, invited_by, created_at, expires_at, accepted_at, revoked_at,
    false AS expired

-- name: revoke
UPDATE invitation SET revoked_at = now()
WHERE id = $1 AND accepted_at IS NULL AND revoked_at IS NULL RETURNING id

-- name: read
SELECT id FROM invitation WHERE id = $1

-- name: list
-- An invitation of who is no administrator any more counts as withdrawn.
SELECT id, email, role, invited_by, created_at, expires_at, accepted_at,
    CASE WHEN revoked_at IS NULL AND NOT EXISTS (SELECT FROM users WHERE users.id = invited_by
        AND users.role = 'administrator' AND NOT users.disabled)
        THEN now() ELSE revoked_at END AS revoked_at,
    expires_at <= now() AS expired
FROM invitation
WHERE $1::timestamptz IS NULL OR (created_at, id) < ($1, $2::uuid)
ORDER BY created_at DESC, id DESC LIMIT $3

-- name: is_open
SELECT 1 FROM invitation
WHERE digest = $1 AND accepted_at IS NULL AND revoked_at IS NULL AND expires_at > now()
    AND EXISTS (SELECT FROM users WHERE users.id = invited_by
        AND users.role = 'administrator' AND NOT users.disabled)

-- name: accept
-- Of several who come at once with the same link one gets the row.
UPDATE invitation SET accepted_at = now()
WHERE digest = $1 AND accepted_at IS NULL AND revoked_at IS NULL AND expires_at > now()
    AND EXISTS (SELECT FROM users WHERE users.id = invited_by
        AND users.role = 'administrator' AND NOT users.disabled)
RETURNING id, email, role

-- name: forget
DELETE FROM invitation WHERE created_at < now() - interval '90 days'
