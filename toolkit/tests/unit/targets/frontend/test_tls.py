"""nginx shows its certificate, and passes requests on to the gateway and nobody else."""

from dataclasses import replace

import pytest

from groundplan.targets.frontend import tls
from groundplan.targets.frontend.nginx import configuration


@pytest.fixture
def encrypted(placement):
    """Return this machine with certificates."""
    return replace(
        placement,
        certificate_folder="/data/certificates",
        public_url="https://127.0.0.1:8080",
    )


def _lines(platform, placement):
    text = configuration(platform, placement, placement.of("frontend")[0])
    return {line.strip() for line in text.splitlines()}


def test_without_certificates_nothing_changes(platform, placement):
    """Where nothing is encrypted no word of it is said."""
    assert ((), (), ()) == (
        tls.listening(placement),
        tls.server(placement, "frontend"),
        tls.upstream(placement, "frontend", "gateway"),
    )
    assert not {line for line in _lines(platform, placement) if "ssl" in line}


def test_callers_are_shown_the_certificate(platform, encrypted):
    """The port speaks TLS 1.2 or 1.3 only, and browsers are told to stay with it."""
    lines = _lines(platform, encrypted)
    assert {
        "listen 127.0.0.1:8080 ssl;",
        "ssl_certificate /data/certificates/frontend/tls.crt;",
        "ssl_certificate_key /data/certificates/frontend/tls.key;",
        "ssl_protocols TLSv1.2 TLSv1.3;",
        "ssl_session_tickets off;",
    } <= lines
    assert any(line.startswith("add_header Strict-Transport-Security") for line in lines)


def test_a_pod_listens_encrypted(platform, encrypted_cluster):
    """In Kubernetes the port is the encrypted one, with the mounted certificate."""
    lines = _lines(platform, encrypted_cluster)
    assert {"listen 8443 ssl;", "ssl_certificate /etc/groundplan/tls/tls.crt;"} <= lines


def test_the_gateway_is_known_by_name(platform, encrypted):
    """Only who bears the gateway's name, by the authority's word, gets requests."""
    lines = _lines(platform, encrypted)
    assert {
        "proxy_pass https://gateway;",
        "proxy_ssl_verify on;",
        "proxy_ssl_name gateway;",
        "proxy_ssl_server_name on;",
        "proxy_ssl_trusted_certificate /data/certificates/frontend/ca.crt;",
    } <= lines
    assert "proxy_pass http://gateway;" not in lines


def test_only_ciphers_that_forget_are_offered():
    """Every cipher of TLS 1.2 is one that a stolen key does not open afterwards."""
    assert all(each.startswith("ECDHE-") for each in tls.CIPHERS.split(":"))
