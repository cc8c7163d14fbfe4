-- What alerts have found: incidents, what happened in each, and who is told of it.
CREATE TABLE incident (
    id              uuid        PRIMARY KEY,
    key             text        NOT NULL,
    alertname       text        NOT NULL,
    service         text        NOT NULL,
    severity        text        NOT NULL,
    slo             text        NOT NULL,
    summary         text        NOT NULL,
    description     text        NOT NULL,
    runbook         text,
    dashboard       text,
    state           text        NOT NULL DEFAULT 'open'
        CHECK (state IN ('open', 'acknowledged', 'resolved')),
    revision        integer     NOT NULL DEFAULT 1,
    started_at      timestamptz NOT NULL,
    opened_at       timestamptz NOT NULL DEFAULT now(),
    updated_at      timestamptz NOT NULL DEFAULT now(),
    acknowledged_at timestamptz,
    acknowledged_by uuid        REFERENCES users ON DELETE SET NULL,
    resolved_at     timestamptz
);
CREATE UNIQUE INDEX incident_unresolved ON incident (key) WHERE state <> 'resolved';
CREATE INDEX incident_of_key ON incident (key, opened_at);
CREATE INDEX incident_by_time ON incident (opened_at, id);
CREATE INDEX incident_in_state ON incident (state, opened_at, id);

-- One finding of an alert in an incident; the fingerprint is Alertmanager's, of its labels.
CREATE TABLE incident_alert (
    incident_id uuid        NOT NULL REFERENCES incident ON DELETE CASCADE,
    fingerprint text        NOT NULL,
    labels      jsonb       NOT NULL,
    summary     text        NOT NULL,
    description text        NOT NULL,
    source      text        NOT NULL,
    started_at  timestamptz NOT NULL,
    ended_at    timestamptz,
    PRIMARY KEY (incident_id, fingerprint)
);

CREATE TABLE incident_entry (
    id          bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    incident_id uuid        NOT NULL REFERENCES incident ON DELETE CASCADE,
    at          timestamptz NOT NULL DEFAULT clock_timestamp(),
    kind        text        NOT NULL CHECK (kind IN (
        'opened', 'alert_firing', 'alert_resolved', 'acknowledged', 'note', 'resolved', 'reopened',
        'escalated')),
    by          uuid        REFERENCES users ON DELETE SET NULL,
    text        text        NOT NULL DEFAULT ''
);
CREATE INDEX incident_entry_of_incident ON incident_entry (incident_id, id);

-- Where people are told: a mail address, or a URL that takes Slack's messages and is a secret.
CREATE TABLE notification_channel (
    id         uuid        PRIMARY KEY,
    name       text        NOT NULL UNIQUE,
    kind       text        NOT NULL CHECK (kind IN ('mail', 'slack')),
    shown      text        NOT NULL,
    sealed     bytea       NOT NULL,
    severities text[]      NOT NULL,
    enabled    boolean     NOT NULL DEFAULT true,
    revision   integer     NOT NULL DEFAULT 1,
    created_by uuid        REFERENCES users ON DELETE SET NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
);

-- One message to one channel that is no mail, tried until it is taken or a day has passed.
CREATE TABLE notification (
    id           uuid        PRIMARY KEY,
    channel_id   uuid        NOT NULL REFERENCES notification_channel ON DELETE CASCADE,
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
CREATE INDEX notification_due ON notification (due_at) WHERE state = 'pending';
CREATE INDEX notification_of_channel ON notification (channel_id, created_at);

CREATE VIEW incident_shown AS
SELECT incident.id, incident.alertname, incident.service, incident.severity, incident.slo,
    incident.summary, incident.description, incident.runbook, incident.dashboard, incident.state,
    incident.revision, incident.started_at, incident.opened_at, incident.updated_at,
    incident.acknowledged_at, person.shown AS acknowledged_by, incident.resolved_at,
    (SELECT count(*) FROM incident_alert AS part
        WHERE part.incident_id = incident.id AND part.ended_at IS NULL) AS firing
FROM incident LEFT JOIN user_shown AS person ON person.id = incident.acknowledged_by;

CREATE VIEW notification_channel_shown AS
SELECT channel.id, channel.name, channel.kind, channel.shown AS target, channel.severities,
    channel.enabled, channel.revision, creator.shown AS created_by, channel.created_at,
    channel.updated_at, latest.attempted_at AS last_attempted_at, latest.problem AS last_problem
FROM notification_channel AS channel
LEFT JOIN user_shown AS creator ON creator.id = channel.created_by
LEFT JOIN LATERAL (
    SELECT attempted_at, problem FROM notification
    WHERE notification.channel_id = channel.id AND attempted_at IS NOT NULL
    ORDER BY created_at DESC LIMIT 1) AS latest ON true;
