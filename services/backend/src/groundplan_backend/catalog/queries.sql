-- name: list_services
SELECT name, kind, tier, description, replicas_min, replicas_max, calls, source
FROM component
WHERE ($1::text IS NULL OR tier = $1)
    AND ($2::text IS NULL OR kind = $2)
    AND ($3::text IS NULL OR strpos(lower(name || ' ' || description), lower($3)) > 0)
    AND name > $4
ORDER BY name LIMIT $5

-- name: read_service
SELECT document FROM component WHERE name = $1

-- name: read_document
SELECT document FROM catalog_document WHERE name = $1

-- name: list_annotations
SELECT annotation.id, service, key, value, url, users.email AS created_by,
    annotation.created_at, annotation.updated_at
FROM annotation LEFT JOIN users ON users.id = annotation.created_by
WHERE service = $1 AND (annotation.created_at, annotation.id) > ($2, $3)
ORDER BY annotation.created_at, annotation.id LIMIT $4

-- name: service_exists
SELECT FROM component WHERE name = $1

-- name: read_annotation
SELECT annotation.id, service, key, value, url, users.email AS created_by,
    annotation.created_at, annotation.updated_at
FROM annotation LEFT JOIN users ON users.id = annotation.created_by
WHERE annotation.id = $1

-- name: insert_annotation
INSERT INTO annotation (id, service, key, value, url, created_by)
SELECT $1, component.name, $3, $4, $5, author.id
FROM component LEFT JOIN users AS author ON author.id = $6::uuid
WHERE component.name = $2
RETURNING id, service, key, value, url,
    (SELECT email FROM users WHERE users.id = created_by) AS created_by, created_at, updated_at

-- name: lock_annotation
SELECT key, value, url FROM annotation WHERE id = $1 FOR UPDATE

-- name: update_annotation
UPDATE annotation SET key = $2, value = $3, url = $4, updated_at = now()
WHERE id = $1
RETURNING id, service, key, value, url,
    (SELECT email FROM users WHERE users.id = created_by) AS created_by, created_at, updated_at

-- name: delete_annotation
DELETE FROM annotation WHERE id = $1 RETURNING service

-- name: lock_import
SELECT pg_advisory_xact_lock(5119283746550127)

-- name: imported_digest
SELECT digest FROM catalog_document WHERE name = 'platform'

-- name: put_document
INSERT INTO catalog_document (name, digest, document) VALUES ($1, $2, $3)
ON CONFLICT (name) DO UPDATE SET digest = excluded.digest, document = excluded.document

-- name: delete_components
DELETE FROM component WHERE name <> ALL($1::text[])

-- name: put_component
INSERT INTO component
    (name, kind, tier, description, replicas_min, replicas_max, calls, source, document)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
ON CONFLICT (name) DO UPDATE SET
    kind = excluded.kind, tier = excluded.tier, description = excluded.description,
    replicas_min = excluded.replicas_min, replicas_max = excluded.replicas_max,
    calls = excluded.calls, source = excluded.source, document = excluded.document
