"""Routes: which path leads to which service, how long it may take and what it requires."""

from collections.abc import Iterator

from groundplan.model.platform import Platform
from groundplan.model.quantity import seconds
from groundplan.model.route import Auth, Route
from groundplan.model.service import Kind, Service
from groundplan.targets.gateway import (
    authz,
    body,
    clusters,
    lease,
    retries,
    token,
    virtual_clusters,
)
from groundplan.targets.gateway.extension import Json
from groundplan.targets.gateway.parties import Parties
from groundplan_contracts import identity

LIVE = "/healthz/live"
IDLE = 60.0
"""Seconds without a byte after which a stream is cut; the time-out must have come before."""
_READ = {"name": ":method", "string_match": {"safe_regex": {"regex": "GET|HEAD|OPTIONS"}}}
_CREATE = {"name": ":method", "string_match": {"exact": "POST"}}
_KEYED = {"name": "idempotency-key", "present_match": True}


def route_configuration(platform: Platform, parties: Parties) -> Json:
    """Return all routes; the longest path comes first, because the first that fits is taken."""
    found = [
        (route, name, service) for name, service in parties.routed for route in service.routes
    ]
    found.sort(key=lambda each: (-each[0].path.count("/"), -len(each[0].path), each[0].path))
    routes = [_live(), *(entry for each in found for entry in _entries(platform, parties, *each))]
    return {
        "name": "routes",
        "virtual_hosts": [
            {
                "name": "all",
                "domains": ["*"],
                "routes": routes,
                "virtual_clusters": virtual_clusters.virtual_clusters(parties),
            }
        ],
        "response_headers_to_remove": ["server", "x-powered-by"],
        "request_headers_to_add": [_sole_address()],
        "max_direct_response_body_size_bytes": 4096,
    }


def _entries(
    platform: Platform, parties: Parties, route: Route, name: str, service: Service
) -> Iterator[Json]:
    """Yield a route for what is too large, for what may be made twice, and for all else."""
    yield _too_large(route, service)
    timeout = route.timeout or service.resilience.timeout
    if route.stream:
        yield from _streams(route, name, service)
        return
    twice = retries.repeatable(service.resilience, timeout)
    read = _entry(route, name, service, [_READ], timeout, twice)
    yield {**lease.on_route(platform, parties, route, name), **read}
    if service.kind is Kind.BACKEND:
        yield _entry(route, name, service, [_CREATE, _KEYED], timeout, twice)
    yield _entry(route, name, service, [], timeout, retries.careful(service.resilience))


def _streams(route: Route, name: str, service: Service) -> Iterator[Json]:
    """Yield routes without an end: cut after a time without a byte, never sent twice."""
    once = retries.careful(service.resilience)
    idle = route.timeout or service.resilience.timeout
    for headers in ([_READ], []):
        entry = _entry(route, name, service, headers, 0.0, once)
        entry["route"]["idle_timeout"] = seconds(idle + 1)
        entry["route"]["priority"] = clusters.STREAMS
        yield entry


def _too_large(route: Route, service: Service) -> Json:
    largest = route.body or service.limits.body
    return {
        "match": {**_match(route.path), "headers": [body.too_large(largest)]},
        "direct_response": {"status": 413},
        "typed_per_filter_config": {authz.NAME: authz.off()},
    }


def _entry(
    route: Route, name: str, service: Service, headers: list[Json], timeout: float, retry: Json
) -> Json:
    return {
        "match": {**_match(route.path), **({"headers": headers} if headers else {})},
        "route": {
            "cluster": name,
            "timeout": seconds(timeout),
            "idle_timeout": seconds(max(IDLE, timeout + 1)),
            "retry_policy": retry,
        },
        **_removed(route, service),
        "typed_per_filter_config": _filters(route, service),
    }


def _match(path: str) -> Json:
    return {"prefix": "/"} if path == "/" else {"path_separated_prefix": path}


def _removed(route: Route, service: Service) -> Json:
    headers = [identity.JWT_PAYLOAD, identity.LEASE_ASK, identity.LEASE]
    if route.auth is Auth.REQUIRED:
        headers.append("authorization")
    if service.is_own:
        # With the key a service could speak to the others in any caller's name.
        headers.append(identity.GATEWAY)
    return {"request_headers_to_remove": headers}


def _filters(route: Route, service: Service) -> Json:
    held = body.on_route(route.body or service.limits.body)
    limit = {body.NAME: body.as_it_comes() if route.stream else held}
    if route.auth is Auth.NONE:
        return limit
    return {token.NAME: token.on_route(), **limit}


def _sole_address() -> Json:
    """Tell services one address only, the one that was believed; the client's list ends here."""
    value = "%DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT%"
    return {
        "header": {"key": "x-forwarded-for", "value": value},
        "append_action": "OVERWRITE_IF_EXISTS_OR_ADD",
    }


def _live() -> Json:
    return {
        "match": {"path": LIVE},
        "direct_response": {"status": 200, "body": {"inline_string": '{"status":"live"}'}},
        "response_headers_to_add": [
            {"header": {"key": "content-type", "value": "application/json"}}
        ],
        "typed_per_filter_config": {authz.NAME: authz.off()},
    }
