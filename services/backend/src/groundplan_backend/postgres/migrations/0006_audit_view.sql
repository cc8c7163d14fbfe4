-- What was recorded before moves over, 20,000 rows a second, while a release that still runs goes on
-- writing by the old name; it waits only for what came meanwhile. Ids follow from the old rows, so
-- that nothing comes twice.
CREATE FUNCTION pg_temp.moved(since timestamptz) RETURNS void LANGUAGE sql AS $$
    INSERT INTO audit.event (id, at, actor, action, target, detail, address, request_id)
    SELECT (lpad(to_hex((extract(epoch FROM at) * 1000)::bigint), 12, '0') || '7'
            || lpad(to_hex(id % 4096), 3, '0') || '8' || substr(md5(id::text), 1, 15))::uuid,
        at, actor, action, target, detail::text::json, address, request_id
    FROM audit_event WHERE at >= since
    ON CONFLICT (id) DO NOTHING
$$;
SELECT pg_temp.moved('-infinity');
LOCK TABLE audit_event IN ACCESS EXCLUSIVE MODE;
-- A transaction that was open when the first part was read began less than an hour ago.
SELECT pg_temp.moved(now() - interval '1 hour');
DROP TABLE audit_event;

CREATE VIEW audit_event AS
SELECT id, at, actor, action, target, detail, address, request_id FROM audit.event;
