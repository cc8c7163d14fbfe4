"""A real nginx shows its certificate, and hands requests to the gateway and to nobody else."""

import socket
import ssl
from pathlib import Path

import pytest

from groundplan.runner.certificate import provide


@pytest.fixture
def certificates(tmp_path) -> Path:
    """Return a folder with an authority, and one with somebody else's beside it."""
    for folder in ("own", "other"):
        provide(tmp_path / folder, ["frontend", "gateway", "backend"])
    return tmp_path


def _shown(folder: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "tls.crt", folder / "tls.key")
    return context


@pytest.mark.parametrize(
    ("shown", "expected"),
    [("own/gateway", 200), ("own/backend", 502), ("other/gateway", 502), (None, 502)],
    ids=["the gateway", "another name", "another authority", "no encryption"],
)
def test_only_the_gateway_gets_requests(make_site, certificates, shown, expected):
    """A server of another name, of an unknown authority or without TLS sees no request."""
    context = _shown(certificates / shown) if shown else None
    site = make_site(certificates=str(certificates / "own"), shown=context)
    assert expected == site.ask("/api/echo")[0]
    seen = sum(gateway.times("/api/echo") for gateway in site.gateways)
    assert (expected == 200) == (seen == 1)


def test_the_site_is_there_over_tls_only(make_site, certificates):
    """Who believes the authority gets the page; others end the call, and plain HTTP is refused."""
    site = make_site(certificates=str(certificates / "own"))
    assert 200 == site.ask("/")[0]
    with socket.create_connection(("127.0.0.1", site.port)) as plain:
        plain.sendall(b"GET / HTTP/1.0\r\n\r\n")
        assert b" 400 " in plain.recv(4096)
    site.certificates = str(certificates / "other")
    with pytest.raises(ssl.SSLCertVerificationError):
        site.ask("/")


@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3])
def test_both_versions_are_spoken(make_site, certificates, version):
    """Callers of TLS 1.2 and of 1.3 get through."""
    site = make_site(certificates=str(certificates / "own"))
    context = ssl.create_default_context(cafile=certificates / "own" / "ca.crt")
    context.minimum_version = context.maximum_version = version
    with (
        socket.create_connection(("127.0.0.1", site.port)) as call,
        context.wrap_socket(call, server_hostname="frontend") as spoken,
    ):
        assert version.name.removeprefix("TLSv").replace("_", ".") in str(spoken.version())
