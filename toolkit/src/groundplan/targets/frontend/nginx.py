"""The whole nginx.conf of one replica, top to bottom.

Everything that it writes stands in the run folder, it runs as whoever starts it, and its
listening socket may be one that it inherits.
"""

from groundplan.model.placement import Discovery, Endpoint, Placement
from groundplan.model.platform import Platform
from groundplan.model.quantity import seconds
from groundplan.model.service import Kind, Service
from groundplan.targets.frontend import (
    api,
    figures,
    headers,
    log,
    place,
    site,
    tls,
    trace,
    upstream,
)
from groundplan.targets.frontend.directive import Lines, block, line

CONNECTIONS = 4096
"""Of one worker, those to the gateways included."""
PER_ADDRESS = 512
"""Requests under way from one address."""
KEEP_ALIVE = 75
"""Seconds that an idle connection is kept."""
KEEP_ALIVE_LEAST = 5
"""Seconds that an idle connection is still served while its worker leaves."""
BEHIND_PROXIES = ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10")
"""Private networks: only a proxy that stands there is believed about the caller."""
TEMPORARY = {
    "client_body_temp_path": "body",
    "proxy_temp_path": "proxy",
    "fastcgi_temp_path": "fastcgi",
    "uwsgi_temp_path": "uwsgi",
    "scgi_temp_path": "scgi",
}


def configuration(platform: Platform, placement: Placement, at: Endpoint) -> str:
    """Return the text of one replica's nginx.conf."""
    service = platform.services[at.component]
    lines = (
        "# Rendered from platform.yaml; changes here are lost.",
        *_process(placement, at, service),
        *block("events", line("worker_connections", CONNECTIONS)),
        *block(
            "http",
            _files(placement, at),
            site.media_types(),
            site.compression(),
            _bounds(platform, service),
            _origin(placement),
            api.maps(),
            trace.maps(platform),
            headers.maps(api.prefixes(platform)),
            log.access_log(),
            upstream.upstream(placement, _gateway(platform, at.component)),
            _server(platform, placement, at),
            figures.server(placement, at),
            *_health_server(placement, at),
        ),
    )
    return "\n".join(lines) + "\n"


def _process(placement: Placement, at: Endpoint, service: Service) -> Lines:
    workers = 1 if placement.discovery is Discovery.FILES else "auto"
    return (
        *line("daemon", "off"),
        *line("worker_processes", workers),
        *line("worker_shutdown_timeout", seconds(service.drain)),
        *line("pid", place.process_file(placement, at)),
        *line("error_log", "stderr", "warn"),
    )


def _files(placement: Placement, at: Endpoint) -> Lines:
    return tuple(
        text
        for name, what in TEMPORARY.items()
        for text in line(name, place.temporary_folder(placement, at, what))
    )


def _bounds(platform: Platform, service: Service) -> Lines:
    """Cut what is slow or large before it takes anything from others."""
    return (
        *line("server_tokens", "off"),
        *line("sendfile", "on"),
        *line("tcp_nopush", "on"),
        *line("keepalive_timeout", seconds(KEEP_ALIVE)),
        *line("keepalive_min_timeout", seconds(min(KEEP_ALIVE_LEAST, service.drain / 2))),
        *line("keepalive_requests", 10_000),
        *line("client_header_timeout", "10s"),
        *line("client_body_timeout", "10s"),
        *line("send_timeout", "15s"),
        *line("reset_timedout_connection", "on"),
        *line("client_max_body_size", api.largest_body(platform)),
        *line("client_body_buffer_size", "64k"),
        *line("large_client_header_buffers", 4, "16k"),
        *line("limit_conn_zone", "$binary_remote_addr", "zone=addresses:4m"),
        *line("limit_conn", "addresses", PER_ADDRESS),
        *line("limit_conn_status", 429),
    )


def _origin(placement: Placement) -> Lines:
    """Learn the caller's address from the proxies in front, where there are any."""
    if placement.trusted_hops == 0:
        return ()
    return (
        *(text for network in BEHIND_PROXIES for text in line("set_real_ip_from", network)),
        *line("real_ip_header", "X-Forwarded-For"),
        *line("real_ip_recursive", "on" if placement.trusted_hops > 1 else "off"),
    )


def _gateway(platform: Platform, name: str) -> str:
    calls = platform.services[name].calls
    found = next((each for each, _ in platform.of_kind(Kind.GATEWAY) if each in calls), None)
    if found is None:
        raise ValueError(f"services.{name}.calls: a static service calls a gateway")
    return found


def _server(platform: Platform, placement: Placement, at: Endpoint) -> Lines:
    port = at.address.port
    listen = port if placement.discovery is Discovery.NAMES else at.address
    return block(
        "server",
        line("listen", listen, *tls.listening(placement)),
        line("server_name", "_"),
        tls.server(placement, at.component),
        headers.on_every_answer(https=placement.public_url.startswith("https:")),
        api.settings(platform, placement),
        tls.upstream(placement, at.component, _gateway(platform, at.component)),
        site.locations(placement),
        api.locations(platform, tls.scheme(placement)),
        api.problem_locations(),
    )


def _health_server(placement: Placement, at: Endpoint) -> tuple[Lines, ...]:
    """Answer probes on a socket of its own: replicas that share a port cannot be told apart."""
    if placement.discovery is Discovery.NAMES:
        return ()
    socket = place.health_socket(placement, at)
    return (block("server", line("listen", f"unix:{socket}"), site.health(placement)),)
