-- The platform as rendered from its file, and what people note beside it.
CREATE TABLE catalog_document (
    name     text  PRIMARY KEY,
    digest   text  NOT NULL,
    document bytea NOT NULL
);

CREATE TABLE component (
    name        text     PRIMARY KEY,
    kind        text     NOT NULL,
    tier        text     NOT NULL,
    description text     NOT NULL,
    replicas_min integer NOT NULL,
    replicas_max integer NOT NULL,
    calls       text[]   NOT NULL,
    source      text     NOT NULL,
    document    bytea    NOT NULL
);

CREATE TABLE annotation (
    id         uuid        PRIMARY KEY,
    service    text        NOT NULL,
    key        text        NOT NULL CHECK (key IN ('owner', 'on-call', 'link', 'note')),
    value      text        NOT NULL,
    url        text,
    created_by uuid        REFERENCES users ON DELETE SET NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX annotation_of_service ON annotation (service, created_at, id);
