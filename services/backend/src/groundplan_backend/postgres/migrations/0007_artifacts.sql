-- Files of releases. An artifact begins as an upload in parts and is one when it was checked.
CREATE TABLE artifact (
    id           uuid        PRIMARY KEY,
    name         text        NOT NULL,
    kind         text        NOT NULL CHECK (kind IN
        ('plan', 'cost', 'drift', 'report', 'sbom', 'backup', 'release', 'log', 'other')),
    subject      text,
    size         bigint      NOT NULL CHECK (size >= 0),
    part_size    integer     NOT NULL CHECK (part_size > 0),
    state        text        NOT NULL DEFAULT 'uploading'
        CHECK (state IN ('uploading', 'checking', 'ready', 'refused')),
    claimed      bytea,
    sha256       bytea,
    media_type   text,
    refusal      text,
    keep_days    integer     NOT NULL CHECK (keep_days > 0),
    created_by   uuid        REFERENCES users ON DELETE SET NULL,
    created_at   timestamptz NOT NULL DEFAULT now(),
    completed_at timestamptz,
    checked_at   timestamptz,
    expires_at   timestamptz NOT NULL
);
CREATE INDEX artifact_by_age ON artifact (created_at DESC, id DESC) WHERE state = 'ready';
CREATE INDEX artifact_of_subject ON artifact (subject, created_at DESC, id DESC)
    WHERE state = 'ready' AND subject IS NOT NULL;
CREATE INDEX artifact_of_kind ON artifact (kind, created_at DESC, id DESC) WHERE state = 'ready';
CREATE INDEX artifact_by_expiry ON artifact (expires_at);
CREATE INDEX artifact_to_check ON artifact (checked_at) WHERE state = 'checking';

-- A part is one object of the store. Without a received_at it was only promised by a link.
CREATE TABLE artifact_part (
    artifact_id uuid        NOT NULL REFERENCES artifact ON DELETE CASCADE,
    number      integer     NOT NULL CHECK (number > 0),
    object      text        NOT NULL UNIQUE,
    size        bigint      NOT NULL,
    sha256      bytea       NOT NULL,
    received_at timestamptz,
    PRIMARY KEY (artifact_id, number)
);

-- Objects that nothing refers to. One is listed before it is written and taken off when it
-- becomes a part, so that whatever happens in between leaves nothing behind.
CREATE TABLE artifact_leftover (
    object      text        PRIMARY KEY,
    after       timestamptz NOT NULL
);
CREATE INDEX artifact_leftover_by_age ON artifact_leftover (after);
