-- Users, their sessions and refresh tokens, signing keys, and what is counted against guessing.
CREATE TABLE users (
    id         uuid        PRIMARY KEY,
    email      text        NOT NULL UNIQUE,
    password   text        NOT NULL,
    role       text        NOT NULL CHECK (role IN ('viewer', 'operator', 'administrator')),
    disabled   boolean     NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
);

-- A session is one sign-in and the family of refresh tokens that descends from it.
CREATE TABLE session (
    id           uuid        PRIMARY KEY,
    user_id      uuid        NOT NULL REFERENCES users ON DELETE CASCADE,
    created_at   timestamptz NOT NULL DEFAULT now(),
    last_seen_at timestamptz NOT NULL DEFAULT now(),
    expires_at   timestamptz NOT NULL,
    ended_at     timestamptz,
    address      text        NOT NULL,
    agent        text        NOT NULL
);
CREATE INDEX session_of_user ON session (user_id) WHERE ended_at IS NULL;
CREATE INDEX session_by_expiry ON session (expires_at);

CREATE TABLE refresh_token (
    digest      bytea       PRIMARY KEY,
    session_id  uuid        NOT NULL REFERENCES session ON DELETE CASCADE,
    predecessor bytea,
    spent_at    timestamptz
);
CREATE INDEX refresh_token_of_session ON refresh_token (session_id);

-- One row per e-mail address that is being tried, known or not, so that a lock tells nothing.
CREATE TABLE sign_in_attempt (
    email        text        PRIMARY KEY,
    failures     integer     NOT NULL,
    last_at      timestamptz NOT NULL DEFAULT now(),
    locked_until timestamptz
);

CREATE TABLE signing_key (
    kid        text        PRIMARY KEY,
    sealed     bytea       NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    signs_from timestamptz NOT NULL
);
