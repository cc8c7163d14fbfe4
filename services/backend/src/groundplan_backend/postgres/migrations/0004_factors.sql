-- What proves a person beside the password, and when a session was last proven.
CREATE TABLE factor (
    id           uuid        PRIMARY KEY,
    user_id      uuid        NOT NULL REFERENCES users ON DELETE CASCADE,
    kind         text        NOT NULL CHECK (kind IN ('totp', 'passkey')),
    name         text        NOT NULL,
    -- The secret of a code generator, or the public key of a passkey.
    sealed       bytea       NOT NULL,
    credential   bytea       UNIQUE,
    transports   text[]      NOT NULL DEFAULT '{}',
    -- The last time step whose code was taken, or the passkey's own count of its uses.
    counter      bigint      NOT NULL,
    created_at   timestamptz NOT NULL DEFAULT now(),
    last_used_at timestamptz,
    CHECK ((kind = 'passkey') = (credential IS NOT NULL))
);
CREATE INDEX factor_of_user ON factor (user_id, created_at, id);

CREATE TABLE recovery_code (
    user_id    uuid        NOT NULL REFERENCES users ON DELETE CASCADE,
    digest     bytea       NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (user_id, digest)
);

-- Guesses of codes since the last right one; they are not forgotten when a lock ends.
CREATE TABLE factor_attempt (
    user_id      uuid        PRIMARY KEY REFERENCES users ON DELETE CASCADE,
    failures     integer     NOT NULL,
    last_at      timestamptz NOT NULL DEFAULT now(),
    locked_until timestamptz
);

-- Challenges that were answered: none is good twice.
CREATE TABLE spent_challenge (
    id         uuid        PRIMARY KEY,
    expires_at timestamptz NOT NULL
);
CREATE INDEX spent_challenge_by_expiry ON spent_challenge (expires_at);

-- NULL: not proven again since the sign-in, and by the password alone.
ALTER TABLE session ADD COLUMN verified_at timestamptz;
ALTER TABLE session ADD COLUMN method text;
