-- name: insert
INSERT INTO audit_event (actor, action, target, detail, address, request_id)
VALUES ($1, $2, $3, $4, $5, $6)
