"""Where the cache's server has no TLS, an nginx before it is the only way in."""

import pytest

from groundplan.targets import local
from groundplan.targets.local import tunnel


@pytest.fixture(scope="module")
def made(reference, folders, secrets):
    """Return the reference rendered for a cache that cannot encrypt."""
    ports = {need.name: 9000 + at for at, need in enumerate(local.needs(reference))}
    placed = local.place(reference, ports, folders, encrypted=True)
    return local.render(reference, placed, folders, secrets, tunnelled=True)


def _process(made, component):
    return next(each for each in made.processes if each.component == component)


def test_redis_listens_on_no_port(made):
    """The server has a private socket and nothing else."""
    lines = next(f.content for f in made.files if f.path == "redis/redis.conf").splitlines()
    assert {"port 0", 'unixsocket "/run/gp/cache.sock"', "unixsocketperm 700"} <= set(lines)
    assert not [line for line in lines if line.startswith(("bind", "tls-port"))]
    assert "/run/gp/cache.sock" == _process(made, "cache").health_socket


def test_nginx_speaks_tls_in_its_place(made):
    """The cache's port shows the cache's certificate and leads to the socket."""
    text = next(f.content for f in made.files if f.path == "cache.tls/nginx.conf")
    port = _process(made, "cache.tls").port
    assert f"listen 127.0.0.1:{port} ssl;" in text
    assert "ssl_certificate /data/certificates/cache/tls.crt;" in text
    assert "proxy_pass unix:/run/gp/cache.sock;" in text


def test_both_say_so(made):
    """Whoever looks at the status sees which of them encrypts."""
    assert "has no TLS of its own" in _process(made, "cache").note
    assert "speaks TLS for cache" == _process(made, "cache.tls").note


def test_both_belong_to_the_caches_port(reference):
    """The port is remembered under the cache's name, whoever listens on it."""
    need = next(each for each in local.needs(reference) if each.component == "cache")
    assert need.belongs_to("cache", 1)
    assert need.belongs_to(tunnel.NAME, 1)


def test_without_need_there_is_none(rendered):
    """A run without encryption has no nginx before the cache."""
    assert tunnel.NAME not in {each.component for each in rendered.processes}
