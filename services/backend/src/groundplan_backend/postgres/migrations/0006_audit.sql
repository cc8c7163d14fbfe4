-- The audit record in a schema of its own. Where the accounts of services are made, an
-- administrator has run this file before as another role, so that the backend owns none of it;
-- whoever comes second finds it done. Ids are UUIDs of version 7: their order is that of time.
DO $$
BEGIN
    IF to_regnamespace('audit') IS NULL THEN
        CREATE SCHEMA audit;
    END IF;
    IF to_regclass('audit.event') IS NOT NULL THEN
        RETURN;
    END IF;

    CREATE TABLE audit.event (
        id         uuid PRIMARY KEY DEFAULT (
            lpad(to_hex((extract(epoch FROM clock_timestamp()) * 1000)::bigint), 12, '0') || '7'
            || substr(md5(random()::text), 1, 3) || '8'
            || substr(md5(gen_random_uuid()::text), 1, 15))::uuid,
        at         timestamptz NOT NULL DEFAULT clock_timestamp(),
        actor      text NOT NULL COLLATE "C",
        action     text NOT NULL COLLATE "C",
        target     text NOT NULL COLLATE "C",
        outcome    text NOT NULL DEFAULT 'done',
        detail     json NOT NULL DEFAULT '{}',
        before     json,
        after      json,
        address    text NOT NULL,
        request_id text NOT NULL,
        trace_id   text NOT NULL DEFAULT '',
        -- What the writer signed it with; none is from a release that did not sign.
        proof      bytea,
        -- What is searched for: words of at most 100 bytes, without punctuation, in lower case.
        words      tsvector GENERATED ALWAYS AS (array_to_tsvector(string_to_array(btrim(
            regexp_replace(regexp_replace(lower((
                actor || ' ' || action || ' ' || target || ' ' || detail::text || ' '
                || coalesce(before::text, '') || ' ' || coalesce(after::text, '') || ' '
                || address || ' ' || request_id || ' ' || trace_id
            ) COLLATE "C"), '([^\s[:punct:]]{100})', '\1 ', 'g'), '[\s[:punct:]]+', ' ', 'g')
        ), ' '))) STORED
    );
    CREATE INDEX event_by_actor ON audit.event (actor, id);
    CREATE INDEX event_by_action ON audit.event (action, id);
    CREATE INDEX event_by_target ON audit.event (target, id);
    CREATE INDEX event_refused ON audit.event (outcome, id) WHERE outcome <> 'done';
    -- A short list of what is not sorted in yet: no insert pays for thousands, no search reads them.
    CREATE INDEX event_words ON audit.event USING gin (words) WITH (gin_pending_list_limit = 256);

    -- One link of the chain for each event; the position has no gaps.
    CREATE TABLE audit.seal (
        position bigint PRIMARY KEY,
        event    uuid   NOT NULL UNIQUE,
        seal     bytea  NOT NULL
    );
END
$$;
