"""A service of the user's runs as it was written, with the settings that it may expect."""

import pytest

from groundplan.targets import local

OWN = """
services:
  notes-app:
    kind: service
    run: {directory: notes, requirements: [starlette==0.47.0], asgi: "app:app"}
    replicas: {min: 2, max: 2}
    calls: [database, cache]
    env: {GREETING: hi}
  pages:
    kind: service
    run: {wsgi: "pages:app"}
    replicas: {min: 1, max: 1}
  plain:
    kind: service
    run: {command: [python, -m, http.server, $PORT, --bind, "${HOST}"]}
    replicas: {min: 1, max: 1}
"""


@pytest.fixture
def own(platform_with, folders, secrets):
    """Return three services of the user's, rendered."""
    platform = platform_with(OWN)
    ports = {need.name: 9000 + index for index, need in enumerate(local.needs(platform))}
    return local.render(platform, local.place(platform, ports, folders), folders, secrets)


def _of(own, name):
    return next(p for p in own.processes if p.component == name)


def test_asgi_is_served_from_an_environment_of_its_own(own):
    """Its packages are installed before it starts, next to the data."""
    process = _of(own, "notes-app")
    assert "/data/services/notes-app/venv/bin/python" == process.program
    assert ("-m", "granian", "--interface", "asgi") == process.arguments[:4]
    assert "app:app" == process.arguments[-1]
    assert ("install-notes-app", "accounts") == process.after
    assert "/source/notes" == process.directory == own.installations[0].directory


def test_it_gets_plain_settings(own):
    """Database, cache, port and what the file sets are in its environment."""
    told = _of(own, "notes-app").environment
    assert told["DATABASE_URL"].startswith("postgresql://notes_app:p%40ss%2Fword@127.0.0.1:")
    assert told["REDIS_URL"].endswith("/1")
    assert ("hi", str(_of(own, "notes-app").port)) == (told["GREETING"], told["PORT"])


def test_it_gets_no_key_of_ours(own):
    """Neither the gateway's key nor ours to encrypt with reaches a stranger."""
    for name in ("notes-app", "pages", "plain"):
        told = " ".join(_of(own, name).environment.values())
        assert "gateway-key" not in told
        assert "encryption-key" not in told


def test_wsgi_without_packages_runs_on_our_python(own):
    """Nothing is installed for a program that needs nothing."""
    process = _of(own, "pages")
    assert ("python", ()) == (process.program, process.after)
    assert "wsgi" in process.arguments


def test_a_command_gets_host_and_port_filled_in(own):
    """$PORT and ${HOST} stand for where the replica listens."""
    process = _of(own, "plain")
    assert ("-m", "http.server", str(process.port), "--bind", "127.0.0.1") == process.arguments


def test_it_is_told_where_spans_go(own):
    """An SDK of OpenTelemetry needs no line of code: address, key and share are there."""
    told = _of(own, "notes-app").environment
    assert told["OTEL_EXPORTER_OTLP_ENDPOINT"].startswith("http://127.0.0.1:")
    assert "http/protobuf" == told["OTEL_EXPORTER_OTLP_PROTOCOL"]
    assert "authorization=Bearer%20send-key" == told["OTEL_EXPORTER_OTLP_HEADERS"]


def test_it_sends_no_metrics(own, platform_with, folders, secrets):
    """The store takes none that are sent, and an SDK would try; a file may say otherwise."""
    assert "none" == _of(own, "notes-app").environment["OTEL_METRICS_EXPORTER"]
    said = OWN.replace("{GREETING: hi}", "{OTEL_METRICS_EXPORTER: console}")
    platform = platform_with(said)
    ports = {need.name: 9000 + index for index, need in enumerate(local.needs(platform))}
    other = local.render(platform, local.place(platform, ports, folders), folders, secrets)
    assert "console" == _of(other, "notes-app").environment["OTEL_METRICS_EXPORTER"]
