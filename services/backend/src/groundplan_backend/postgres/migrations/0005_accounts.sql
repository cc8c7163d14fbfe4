-- People are invited, forget their passwords and come from elsewhere; machines hold tokens.
-- A service has no password: its column holds a text that no verification accepts.
ALTER TABLE users ADD COLUMN kind text NOT NULL DEFAULT 'person';
ALTER TABLE users ADD COLUMN name text;
CREATE UNIQUE INDEX users_service_by_name ON users (name) WHERE kind = 'service';

CREATE TABLE invitation (
    id          uuid        PRIMARY KEY,
    email       text        NOT NULL,
    role        text        NOT NULL CHECK (role IN ('viewer', 'operator', 'administrator')),
    digest      bytea       NOT NULL UNIQUE,
    invited_by  uuid        REFERENCES users ON DELETE SET NULL,
    created_at  timestamptz NOT NULL DEFAULT now(),
    expires_at  timestamptz NOT NULL,
    accepted_at timestamptz,
    revoked_at  timestamptz
);
CREATE INDEX invitation_by_age ON invitation (created_at, id);
CREATE UNIQUE INDEX invitation_open ON invitation (email)
    WHERE accepted_at IS NULL AND revoked_at IS NULL;

-- Every request for a reset, for known and unknown addresses alike; the work follows later.
CREATE TABLE password_reset_request (
    id         uuid        PRIMARY KEY,
    email      text        NOT NULL,
    address    text        NOT NULL,
    request_id text        NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    handled_at timestamptz
);
CREATE INDEX password_reset_request_open ON password_reset_request (created_at)
    WHERE handled_at IS NULL;
CREATE INDEX password_reset_request_of_address ON password_reset_request (email, created_at);

CREATE TABLE password_reset (
    digest     bytea       PRIMARY KEY,
    user_id    uuid        NOT NULL REFERENCES users ON DELETE CASCADE,
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL,
    used_at    timestamptz
);
CREATE INDEX password_reset_of_user ON password_reset (user_id);

-- Mails to be sent, sealed: they hold links that are worth a password.
CREATE TABLE mail_outbox (
    id         uuid        PRIMARY KEY,
    sealed     bytea       NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    attempts   integer     NOT NULL DEFAULT 0,
    next_at    timestamptz NOT NULL DEFAULT now(),
    sent_at    timestamptz,
    given_up   boolean     NOT NULL DEFAULT false
);
CREATE INDEX mail_outbox_due ON mail_outbox (next_at) WHERE sent_at IS NULL AND NOT given_up;

-- The token itself is not kept: its signature is proof enough, and its id stands here.
CREATE TABLE api_token (
    id         uuid        PRIMARY KEY,
    user_id    uuid        NOT NULL REFERENCES users ON DELETE CASCADE,
    name       text        NOT NULL,
    scopes     text[]      NOT NULL,
    role       text        NOT NULL CHECK (role IN ('viewer', 'operator', 'administrator')),
    kid        text        NOT NULL,
    created_by uuid        REFERENCES users ON DELETE SET NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL,
    revoked_at timestamptz
);
CREATE INDEX api_token_of_user ON api_token (user_id, created_at, id);
CREATE INDEX api_token_live ON api_token (id) WHERE revoked_at IS NULL;
CREATE INDEX api_token_by_key ON api_token (kid);

-- Who somebody is at the provider of sign-ins; linked by himself, never by address.
CREATE TABLE oidc_link (
    issuer     text        NOT NULL,
    subject    text        NOT NULL,
    user_id    uuid        NOT NULL REFERENCES users ON DELETE CASCADE,
    email      text,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (issuer, subject)
);
CREATE UNIQUE INDEX oidc_link_of_user ON oidc_link (user_id, issuer);

-- A sign-in under way at the provider: used once, within minutes, by the browser that began it.
CREATE TABLE oidc_sign_in (
    state_digest bytea       PRIMARY KEY,
    sealed       bytea       NOT NULL,
    user_id      uuid        REFERENCES users ON DELETE CASCADE,
    expires_at   timestamptz NOT NULL
);
CREATE INDEX oidc_sign_in_by_expiry ON oidc_sign_in (expires_at);
