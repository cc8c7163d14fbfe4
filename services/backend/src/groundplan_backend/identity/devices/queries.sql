-- name: exists
SELECT 1 FROM users WHERE id = $1 AND kind = 'person'

-- name: end_others
UPDATE session SET ended_at = now()
WHERE user_id = $1 AND id <> $2 AND ended_at IS NULL RETURNING id
