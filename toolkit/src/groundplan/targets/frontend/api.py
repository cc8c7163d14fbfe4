"""The way to the API: what the gateway is told of the caller, and errors when none answers."""

import json

from groundplan.model.placement import Placement
from groundplan.model.platform import Platform
from groundplan.model.quantity import seconds
from groundplan.model.route import Route
from groundplan.model.service import Service
from groundplan.targets.frontend import headers, trace, upstream
from groundplan.targets.frontend.directive import Lines, block, choose, line

API = "/api"
PROBLEMS = {
    413: ("payload_too_large", "Payload Too Large", "The request is too large."),
    414: ("invalid_request", "URI Too Long", "The address is too long."),
    429: ("rate_limited", "Too Many Requests", "Too many requests at once from one address."),
    502: ("gateway_unavailable", "Bad Gateway", "No gateway answers."),
    504: ("gateway_unavailable", "Gateway Timeout", "The gateway did not answer in time."),
}
"""What nginx itself answers instead of the API, by status: code, title and detail."""
STREAM_BUFFER = "64k"
"""What is under way of a stream in each direction."""
CALLER_ID = "~^[A-Za-z0-9._-]{8,128}$"


def prefixes(platform: Platform) -> tuple[str, ...]:
    """Return the first parts of all routed paths; they go to the gateway, never to the site."""
    paths = (route.path for service in platform.services.values() for route in service.routes)
    firsts = {"/" + path.split("/")[1] for path in paths}
    return tuple(sorted((firsts | {API}) - {"/"}))


def longest_timeout(platform: Platform) -> float:
    """Return the longest time-out of any route, in seconds."""
    services = [service for service in platform.services.values() if service.routes]
    routes = [route.timeout for service in services for route in service.routes if route.timeout]
    return max([service.resilience.timeout for service in services] + routes, default=10.0)


def largest_body(platform: Platform) -> int:
    """Return the largest body that any service takes, in bytes."""
    sizes = (each.limits.body for each in platform.services.values() if each.routes)
    return int(max(sizes, default=float(1 << 20)))


def maps() -> Lines:
    """Return the map that keeps a caller's request id when it is one, else makes one."""
    given = "$http_x_request_id"
    return choose(given, "$caller_id", [(CALLER_ID, given)], "$request_id")


def locations(platform: Platform, scheme: str) -> Lines:
    """Return where requests leave for the gateway, by `http` or `https`."""
    onwards = (*_errors(), line("proxy_pass", f"{scheme}://{upstream.NAME}"))
    held = (_at(prefix, *onwards) for prefix in prefixes(platform))
    streamed = (
        _at(route.path, *onwards, _as_it_comes(route, service))
        for service in platform.services.values()
        for route in service.routes
        if route.stream
    )
    return tuple(text for lines in (*held, *streamed) for text in lines)


def _at(path: str, *inside: Lines) -> Lines:
    heads = (f"location = {path}", f"location ^~ {path}/")
    return tuple(text for head in heads for text in block(head, *inside))


def _as_it_comes(route: Route, service: Service) -> Lines:
    """Hold nothing of a stream; cut it after a time without a byte."""
    idle = (route.timeout or service.resilience.timeout) + 2
    return (
        *line("client_max_body_size", int(route.body or service.limits.body)),
        *line("client_body_buffer_size", STREAM_BUFFER),
        *line("proxy_request_buffering", "off"),
        *line("proxy_buffering", "off"),
        *line("proxy_buffer_size", STREAM_BUFFER),
        *line("proxy_send_timeout", seconds(idle)),
        *line("proxy_read_timeout", seconds(idle)),
        *line("gzip", "off"),
    )


def settings(platform: Platform, placement: Placement) -> Lines:
    """Return how requests are passed on: nothing that a caller says of its origin is believed."""
    scheme = "https" if placement.public_url.startswith("https:") else "$scheme"
    told = {
        "Host": "$http_host",
        "Connection": '""',
        "X-Forwarded-For": "$remote_addr",
        "X-Forwarded-Proto": scheme,
        "X-Forwarded-Host": '""',
        "X-Forwarded-Port": '""',
        "X-Real-IP": '""',
        "Forwarded": '""',
        "X-Request-Id": "$caller_id",
        **trace.told(),
    }
    return (
        *line("proxy_http_version", "1.1"),
        *(text for name, value in told.items() for text in line("proxy_set_header", name, value)),
        *headers.dropped_from_upstream(),
        *upstream.patience(longest_timeout(platform)),
        *line("proxy_buffers", 16, "16k"),
        *line("proxy_buffer_size", "16k"),
        *line("proxy_max_temp_file_size", 0),
    )


def problem_locations() -> Lines:
    """Return the answers that are ours when no gateway's is to be had."""
    return tuple(text for status in PROBLEMS for text in _problem(status))


def _errors() -> tuple[Lines, ...]:
    return tuple(line("error_page", status, f"@problem-{status}") for status in PROBLEMS)


def _problem(status: int) -> Lines:
    code, title, detail = PROBLEMS[status]
    document = {
        "type": f"https://groundplan.dev/errors/{code}",
        "title": title,
        "status": status,
        "code": code,
        "detail": detail,
        "request_id": "$caller_id",
    }
    return block(
        f"location @problem-{status}",
        line("default_type", "application/problem+json"),
        line("return", status, f"'{json.dumps(document)}'"),
    )
