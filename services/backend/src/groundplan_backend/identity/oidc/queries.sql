-- name: insert_sign_in
INSERT INTO oidc_sign_in (state_digest, sealed, user_id, expires_at)
VALUES ($1, $2, $3, now() + make_interval(secs => $4))

-- name: take_sign_in
-- Once: of several who come back with the same state one gets the row.
DELETE FROM oidc_sign_in WHERE state_digest = $1
RETURNING sealed, user_id, expires_at > now() AS in_time

-- name: insert_link
INSERT INTO oidc_link (issuer, subject, user_id, email)
SELECT $1, $2, id, $4 FROM users WHERE id = $3 AND kind = 'person' AND NOT disabled
ON CONFLICT DO NOTHING RETURNING user_id

-- name: linked_user
SELECT users.id FROM oidc_link JOIN users ON users.id = oidc_link.user_id
WHERE issuer = $1 AND subject = $2 AND users.kind = 'person' AND NOT users.disabled

-- name: list_links
SELECT issuer, subject, email, created_at FROM oidc_link WHERE user_id = $1 ORDER BY issuer

-- name: delete_link
DELETE FROM oidc_link WHERE user_id = $1 AND issuer = $2 RETURNING subject

-- name: forget
DELETE FROM oidc_sign_in WHERE expires_at < now()
