"""The gateway shows its certificate and knows by name whom it calls."""

import json
from dataclasses import replace

import pytest

from groundplan.targets import gateway
from groundplan.targets.gateway import clusters, listener, tls


@pytest.fixture
def encrypted(here):
    """Return this machine with certificates."""
    return replace(here, certificate_folder="/data/certificates")


def _context(part):
    return part["transport_socket"]["typed_config"]


def test_without_certificates_nothing_changes(here):
    """Where nothing is encrypted there is no file, no listener and no cluster with TLS."""
    assert {} == tls.files(here, "gateway")
    assert {} == tls.downstream(here)
    assert {} == tls.upstream(here, "backend")


def test_both_listeners_speak_tls_only(platform, encrypted, found):
    """Requests and statistics come in over TLS 1.2 or newer, with the gateway's certificate."""
    at = encrypted.of("gateway")[0]
    main = listener.main(platform, encrypted, found, at)
    for made in (main, listener.statistics(encrypted, at.address)):
        (chain,) = made["filter_chains"]
        assert "5s" == chain["transport_socket_connect_timeout"]
        common = _context(chain)["common_tls_context"]
        assert "TLSv1_2" == common["tls_params"]["tls_minimum_protocol_version"]
        (secret,) = common["tls_certificate_sds_secret_configs"]
        assert "certificate" == secret["name"]


def test_every_cluster_knows_its_name(platform, encrypted, found):
    """Of each called service the name is asked for, and the authority's word on it."""
    for made in clusters.clusters(platform, encrypted, found):
        context = _context(made)
        validation = context["common_tls_context"]["combined_validation_context"]
        expected = {"san_type": "DNS", "matcher": {"exact": made["name"]}}
        checked = validation["default_validation_context"]["match_typed_subject_alt_names"]
        assert (made["name"], [expected]) == (context["sni"], checked)
        assert "authority" == validation["validation_context_sds_secret_config"]["name"]


@pytest.mark.parametrize(
    ("where", "file", "read_at", "folder"),
    [
        ("encrypted", "tls/certificate.json", "/data/config/tls", "/data/certificates/gateway"),
        (
            "encrypted_cluster",
            "gateway/certificate.json",
            "/etc/groundplan/config",
            "/etc/groundplan/tls",
        ),
    ],
)
def test_certificates_are_watched(request, platform, where, file, read_at, folder):
    """The folder of the certificate is watched, so that a new one is taken up at once."""
    placement = request.getfixturevalue(where)
    files = {each.path: each.content for each in gateway.render(platform, placement)}
    (secret,) = json.loads(files[file])["resources"]
    shown = secret["tls_certificate"]
    assert {"path": folder} == shown["watched_directory"]
    assert {"filename": f"{folder}/tls.key"} == shown["private_key"]
    (source,) = _context(tls.downstream(placement))["common_tls_context"][
        "tls_certificate_sds_secret_configs"
    ]
    path = source["sds_config"]["path_config_source"]["path"]
    assert f"{read_at}/certificate.json" == path
