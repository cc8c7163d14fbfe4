"""Certificates are made once, fit together, and are replaced before they end."""

import stat
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address
from pathlib import Path

import pytest
from cryptography import x509

from groundplan.runner import certificate

NOW = datetime(2030, 1, 1, tzinfo=UTC)


@pytest.fixture
def made(tmp_path) -> Path:
    """Return a folder with two certificates."""
    certificate.provide(tmp_path, ["backend", "cache"], NOW)
    return tmp_path


def _read(path: Path) -> x509.Certificate:
    return x509.load_pem_x509_certificate(path.read_bytes())


def test_each_names_its_component_and_this_machine(made):
    """Callers ask for the component's name, people for this machine's."""
    names = (
        _read(made / "backend" / "tls.crt")
        .extensions.get_extension_for_class(x509.SubjectAlternativeName)
        .value
    )
    assert ["backend", "localhost"] == names.get_values_for_type(x509.DNSName)
    assert [IPv4Address("127.0.0.1")] == names.get_values_for_type(x509.IPAddress)


def test_each_is_vouched_for_by_the_authority(made):
    """The authority's signature is on it, and its certificate lies beside."""
    authority = _read(certificate.authority_file(made))
    shown = _read(made / "cache" / "tls.crt")
    shown.verify_directly_issued_by(authority)
    assert authority == _read(made / "cache" / "ca.crt")
    limits = authority.extensions.get_extension_for_class(x509.BasicConstraints).value
    assert (True, 0) == (limits.ca, limits.path_length)


def test_they_last_as_long_as_told(made):
    """90 days for a component, ten years for the authority."""
    ends = _read(made / "cache" / "tls.crt").not_valid_after_utc
    last = _read(made / "ca.crt").not_valid_after_utc
    assert (timedelta(days=90), timedelta(days=3650)) == (ends - NOW, last - NOW)


def test_keys_are_for_their_owner_alone(made):
    """No key can be read by anybody else."""
    keys = [*made.glob("*/tls.key"), made / "ca.key"]
    assert {0o600} == {stat.S_IMODE(key.stat().st_mode) for key in keys}
    assert all(b"BEGIN PRIVATE KEY" in key.read_bytes() for key in keys)


def test_what_is_good_stays(made):
    """Two thirds of the time nothing is touched."""
    later = NOW + timedelta(days=59)
    assert set() == certificate.provide(made, ["backend", "cache"], later)


def test_what_nears_its_end_is_replaced(made):
    """In the last third a new one is made, by the same authority."""
    authority = _read(made / "ca.crt")
    later = NOW + timedelta(days=61)
    changed = certificate.provide(made, ["backend"], later)
    assert {str(made / "backend" / name) for name in ("tls.crt", "tls.key")} == changed
    assert authority == _read(made / "ca.crt")
    assert later + timedelta(days=90) == _read(made / "backend" / "tls.crt").not_valid_after_utc


@pytest.mark.parametrize(
    "spoil",
    [
        lambda folder: (folder / "tls.key").unlink(),
        lambda folder: (folder / "tls.crt").write_text("not a certificate"),
        lambda folder: (folder / "tls.key").write_bytes(
            (folder.parent / "cache" / "tls.key").read_bytes()
        ),
        lambda folder: [
            (folder / name).write_bytes((folder.parent / "cache" / name).read_bytes())
            for name in ("tls.crt", "tls.key")
        ],
    ],
    ids=["no key", "no certificate", "another's key", "another's name"],
)
def test_what_does_not_fit_is_replaced(made, spoil):
    """A missing, mangled or mixed-up pair is made anew, and nobody else's with it."""
    spoil(made / "backend")
    changed = certificate.provide(made, ["backend", "cache"], NOW)
    assert {str(made / "backend" / name) for name in ("tls.crt", "tls.key")} == changed
    assert set() == certificate.provide(made, ["backend", "cache"], NOW)


def test_a_new_authority_replaces_all(made):
    """Before the authority ends everything is made anew by another."""
    later = NOW + timedelta(days=3600)
    changed = certificate.provide(made, ["backend", "cache"], later)
    assert {"ca.crt", "ca.key", "tls.crt", "tls.key"} == {Path(each).name for each in changed}
    shown = _read(made / "backend" / "tls.crt")
    shown.verify_directly_issued_by(_read(made / "ca.crt"))
