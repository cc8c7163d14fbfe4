-- Who changed what; rows are only ever added.
CREATE TABLE audit_event (
    id         bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at         timestamptz NOT NULL DEFAULT now(),
    actor      text        NOT NULL,
    action     text        NOT NULL,
    target     text        NOT NULL,
    detail     jsonb       NOT NULL DEFAULT '{}',
    address    text        NOT NULL,
    request_id text        NOT NULL
);

-- Answers to creates, kept for a day, so that a create may be sent twice.
CREATE TABLE idempotency_key (
    caller      text        NOT NULL,
    route       text        NOT NULL,
    key         text        NOT NULL,
    body_digest bytea       NOT NULL,
    body        bytea       NOT NULL,
    created_at  timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (caller, route, key)
);
CREATE INDEX idempotency_key_by_age ON idempotency_key (created_at);
