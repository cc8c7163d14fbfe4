"""The way through Envoy and the authorisation service, seen from both ends."""

import pytest

SERVICES = "/api/v1/catalog/services"


def test_caller_is_served_and_known(stack):
    """A signed-in caller is served, told the limit, and introduced to the service."""
    before = len(stack.seen)
    answer = stack.get(SERVICES + "?limit=2", token=stack.issuer.token())
    assert answer.status == 200
    assert answer.headers["ratelimit-limit"] == "1000000"
    assert int(answer.headers["ratelimit-remaining"]) < 1_000_000
    assert 0 < int(answer.headers["ratelimit-reset"]) <= 61
    assert "x-groundplan-gateway" not in answer.headers
    (seen,) = stack.seen[before:]
    assert seen.target == SERVICES + "?limit=2"
    assert seen.headers["x-groundplan-subject"] == stack.issuer.claims()["sub"]
    assert seen.headers["x-groundplan-role"] == "viewer"
    assert seen.headers["x-groundplan-session"] == stack.issuer.claims()["sid"]
    assert seen.headers["x-groundplan-gateway"] == "k" * 64


def test_token_stays_at_the_gateway(stack):
    """A service learns who calls, never the token that proves it."""
    stack.get(SERVICES, token=stack.issuer.token())
    assert "authorization" not in stack.seen[-1].headers
    assert "x-groundplan-jwt-payload" not in stack.seen[-1].headers


def test_open_route_needs_no_token(stack):
    """An open route is served without a token and names no caller."""
    assert stack.get("/api/v1/openapi.json").status == 200
    seen = stack.seen[-1]
    assert not [name for name in seen.headers if name == "x-groundplan-subject"]


def test_roles_hold(stack):
    """A viewer may read but not write, an operator may write, users are administrators' only."""
    operator = stack.issuer.token(role="operator")
    administrator = stack.issuer.token(role="administrator")
    users = "/api/v1/identity/users"
    assert stack.send("POST", SERVICES, token=stack.issuer.token(), body=b"{}").status == 403
    assert stack.send("POST", SERVICES, token=operator, body=b"{}").status == 200
    assert stack.get(users, token=operator).json["code"] == "forbidden"
    assert stack.get(users, token=administrator).status == 200


def test_ended_session_is_refused_at_once(stack):
    """A token outlives its session, but opens nothing any more."""
    session = "f" * 32
    token = stack.issuer.token(sid=session)
    assert stack.get(SERVICES, token=token).json["code"] == "session_ended"
    stack.sign_in(session)
    assert stack.get(SERVICES, token=token).status == 200
    stack.redis.delete(f"groundplan:session:{session}")
    assert stack.get(SERVICES, token=token).json["code"] == "session_ended"


@pytest.mark.parametrize(
    ("target", "status", "code"),
    [
        (SERVICES, 401, "unauthenticated"),
        ("/nowhere", 404, "not_found"),
        ("/api", 404, "not_found"),
        ("/api/v1/a%2fb", 400, "invalid_request"),
        ("/", 404, "not_found"),
    ],
)
def test_refusals_are_problems(stack, target, status, code):
    """Whatever refuses, the answer is problem+json with a stable code and the request's id."""
    answer = stack.get(target, headers={"x-request-id": "an-id"})
    assert answer.status == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json["code"] == code
    assert answer.json["status"] == status
    assert answer.json.get("request_id") in ("an-id", None)


def test_unauthenticated_says_how_to_sign_in(stack):
    """A 401 names the scheme that is expected."""
    assert "Bearer" in stack.get(SERVICES).headers["www-authenticate"]


def test_no_server_is_named(stack):
    """No answer tells which server made it."""
    for target in (SERVICES, "/api/v1/openapi.json", "/nowhere"):
        assert "server" not in stack.get(target).headers


def test_health(stack):
    """Liveness and readiness are answered without asking anybody."""
    assert stack.get("/healthz/live").json == {"status": "live"}
    assert stack.get("/healthz/ready").status == 200


def test_request_id_and_trace_are_handed_on(stack):
    """The request's id and trace context reach the service unchanged."""
    trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
    headers = {"x-request-id": "given", "traceparent": trace}
    answer = stack.get(SERVICES, token=stack.issuer.token(), headers=headers)
    assert answer.headers["x-request-id"] == "given"
    assert stack.seen[-1].headers["x-request-id"] == "given"
    assert stack.seen[-1].headers["traceparent"] == trace


def test_statistics_show_only_statistics(stack):
    """The statistics port gives Prometheus its numbers and shows nothing else of Envoy."""
    assert any("envoy_http_downstream_rq_total" in name for name in stack.statistics())
    for target in ("/config_dump", "/quitquitquit", "/stats/prometheus/../../config_dump", "/"):
        assert stack.get(target, port=stack.statistics_port).status in (400, 404)


def test_policy_changes_without_restart(stack, until):
    """The authorisation service takes over a changed policy, and keeps the old for a bad one."""
    file = stack.config / "policy.json"
    good = file.read_text()
    path = "/api/v1/openapi.json"
    try:
        file.write_text(good.replace('"match": "prefix"', '"match": "prefiks"'))
        assert stack.check(0, path).status == 200
        until(lambda: b"policy.kept" in (stack.folder / "authz0.log").read_bytes())
        assert stack.check(0, path).status == 200
        file.write_text(good.replace(path, "/api/v1/other.json"))
        until(lambda: stack.check(0, path).status == 401)
    finally:
        file.write_text(good)
    until(lambda: stack.check(0, path).status == 200)


def test_check_believes_only_the_gateway(stack):
    """Without the gateway's key the authorisation service answers no one."""
    answer = stack.check(
        0, SERVICES, token=stack.issuer.token(), headers={"x-groundplan-gateway": "wrong"}
    )
    assert answer.status == 403
    assert stack.check(0, SERVICES, token=stack.issuer.token()).status == 200
