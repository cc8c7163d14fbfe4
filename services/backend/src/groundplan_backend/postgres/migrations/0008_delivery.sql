-- What is delivered where: releases, deployments and their record, and who is told of it.
CREATE TABLE release (
    id          uuid        PRIMARY KEY,
    service     text        NOT NULL,
    version     text        NOT NULL,
    digest      text        NOT NULL,
    commit_id   text,
    sbom        uuid,
    built_by    text        NOT NULL,
    built_at    timestamptz NOT NULL,
    created_by  uuid        REFERENCES users ON DELETE SET NULL,
    created_at  timestamptz NOT NULL DEFAULT now(),
    UNIQUE (service, version)
);
CREATE INDEX release_by_time ON release (created_at, id);
CREATE INDEX release_of_service ON release (service, created_at, id);

CREATE TABLE deployment (
    id                 uuid        PRIMARY KEY,
    environment        text        NOT NULL,
    kind               text        NOT NULL CHECK (kind IN ('release', 'infrastructure')),
    services           text[]      NOT NULL,
    state              text        NOT NULL CHECK (state IN (
        'planned', 'awaiting_approval', 'applying', 'verifying', 'live', 'failed', 'rolled_back')),
    note               text        NOT NULL DEFAULT '',
    reason             text        NOT NULL DEFAULT '',
    revision           integer     NOT NULL DEFAULT 1,
    requested_by       uuid        REFERENCES users ON DELETE SET NULL,
    approvals_required integer     NOT NULL,
    rollback_of        uuid        REFERENCES deployment,
    created_at         timestamptz NOT NULL DEFAULT now(),
    updated_at         timestamptz NOT NULL DEFAULT now(),
    finished_at        timestamptz,
    agent              text,
    lease              uuid,
    leased_until       timestamptz
);
CREATE INDEX deployment_by_time ON deployment (created_at, id);
CREATE INDEX deployment_of_environment ON deployment (environment, created_at, id);
CREATE INDEX deployment_in_state ON deployment (state, created_at, id);
CREATE INDEX deployment_to_do ON deployment (environment, created_at, id)
    WHERE state IN ('planned', 'applying', 'verifying');
CREATE INDEX deployment_rolls_back ON deployment (rollback_of) WHERE rollback_of IS NOT NULL;

-- One row for each service that a deployment changes; infrastructure is the service '*'.
CREATE TABLE deployment_service (
    deployment_id uuid        NOT NULL REFERENCES deployment,
    environment   text        NOT NULL,
    service       text        NOT NULL,
    release_id    uuid        REFERENCES release,
    previous_id   uuid        REFERENCES release,
    created_at    timestamptz NOT NULL,
    busy          boolean     NOT NULL DEFAULT false,
    live          boolean     NOT NULL DEFAULT false,
    PRIMARY KEY (deployment_id, service)
);
CREATE UNIQUE INDEX deployment_service_busy ON deployment_service (environment, service)
    WHERE busy;
CREATE UNIQUE INDEX deployment_service_live ON deployment_service (environment, service)
    WHERE live;
CREATE INDEX deployment_service_by_time
    ON deployment_service (service, created_at, deployment_id);
CREATE INDEX deployment_service_of_release ON deployment_service (release_id);

CREATE TABLE deployment_approval (
    deployment_id uuid        NOT NULL REFERENCES deployment,
    user_id       uuid        NOT NULL REFERENCES users ON DELETE CASCADE,
    decision      text        NOT NULL CHECK (decision IN ('approve', 'reject')),
    note          text        NOT NULL,
    at            timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (deployment_id, user_id)
);

CREATE TABLE deployment_artifact (
    deployment_id uuid        NOT NULL REFERENCES deployment,
    artifact      uuid        NOT NULL,
    kind          text        NOT NULL,
    at            timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (deployment_id, artifact)
);

-- What happened, numbered without a gap in the order of commits: whoever appends holds a lock
-- until it commits.
CREATE TABLE delivery_event (
    id            bigint      PRIMARY KEY,
    at            timestamptz NOT NULL,
    type          text        NOT NULL,
    environment   text,
    services      text[]      NOT NULL,
    deployment_id uuid,
    body          bytea       NOT NULL
);
CREATE INDEX delivery_event_of_deployment ON delivery_event (deployment_id, id);

CREATE TABLE webhook (
    id          uuid        PRIMARY KEY,
    url         text        NOT NULL,
    sealed      bytea       NOT NULL,
    types       text[]      NOT NULL,
    environment text,
    enabled     boolean     NOT NULL DEFAULT true,
    revision    integer     NOT NULL DEFAULT 1,
    created_by  uuid        REFERENCES users ON DELETE SET NULL,
    created_at  timestamptz NOT NULL DEFAULT now(),
    updated_at  timestamptz NOT NULL DEFAULT now()
);

-- One notice of one event to one webhook, tried until it is taken or a day has passed.
CREATE TABLE webhook_delivery (
    id           uuid        PRIMARY KEY,
    webhook_id   uuid        NOT NULL REFERENCES webhook ON DELETE CASCADE,
    event        bigint      NOT NULL,
    type         text        NOT NULL,
    body         bytea       NOT NULL,
    state        text        NOT NULL DEFAULT 'pending'
        CHECK (state IN ('pending', 'delivered', 'failed')),
    attempts     integer     NOT NULL DEFAULT 0,
    due_at       timestamptz NOT NULL DEFAULT now(),
    created_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
    tried_from   timestamptz NOT NULL DEFAULT now(),
    attempted_at timestamptz,
    status       integer,
    problem      text
);
CREATE INDEX webhook_delivery_due ON webhook_delivery (webhook_id, due_at)
    WHERE state = 'pending';
CREATE INDEX webhook_delivery_of_webhook ON webhook_delivery (webhook_id, created_at, id);
CREATE INDEX webhook_delivery_by_age ON webhook_delivery (created_at);

-- What people and services are called to others.
CREATE VIEW user_shown AS
SELECT users.id, CASE users.kind WHEN 'service' THEN users.name ELSE users.email END AS shown
FROM users;

CREATE VIEW deployment_shown AS
SELECT deployment.id, deployment.environment, deployment.kind, deployment.services,
    deployment.state, deployment.note, deployment.reason, deployment.revision,
    requester.shown AS requested_by, deployment.approvals_required,
    (SELECT count(*) FROM deployment_approval AS given
        WHERE given.deployment_id = deployment.id AND given.decision = 'approve') AS approved,
    deployment.rollback_of,
    deployment.state = 'live' AND NOT EXISTS (SELECT FROM deployment_service AS part
        WHERE part.deployment_id = deployment.id AND part.live) AS superseded,
    deployment.agent, deployment.created_at, deployment.updated_at, deployment.finished_at
FROM deployment LEFT JOIN user_shown AS requester ON requester.id = deployment.requested_by;

CREATE VIEW release_shown AS
SELECT release.id, release.service, release.version, release.digest,
    release.commit_id AS commit, release.sbom, release.built_by, release.built_at,
    creator.shown AS created_by, release.created_at
FROM release LEFT JOIN user_shown AS creator ON creator.id = release.created_by;

CREATE VIEW webhook_shown AS
SELECT webhook.id, webhook.url, webhook.types, webhook.environment, webhook.enabled,
    webhook.revision, creator.shown AS created_by, webhook.created_at, webhook.updated_at
FROM webhook LEFT JOIN user_shown AS creator ON creator.id = webhook.created_by;
