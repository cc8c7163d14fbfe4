"""What services are told of certificates, and what they make of it."""

import ssl
from pathlib import Path

import pytest

from groundplan_contracts import tls

BOTH = {"TLS_CERTIFICATE_FILE": "/tls/tls.crt", "TLS_KEY_FILE": "/tls/tls.key"}


def test_both_files_make_a_server_encrypt() -> None:
    """With certificate and key there is something to show; without both there is not."""
    assert tls.Certificate(Path("/tls/tls.crt"), Path("/tls/tls.key")) == tls.certificate(BOTH)
    assert tls.certificate({}) is None


@pytest.mark.parametrize("missing", BOTH)
def test_half_a_certificate_is_an_error(missing: str) -> None:
    """Who names one file and forgets the other is told, not served without encryption."""
    with pytest.raises(ValueError, match=f"{missing} is not set, but .* is"):
        tls.certificate({**BOTH, missing: ""})


def test_an_authority_is_optional() -> None:
    """Without one the system's authorities are believed."""
    assert Path("/ca.crt") == tls.authority({"TLS_AUTHORITY_FILE": "/ca.crt"})
    assert tls.authority({}) is None


def test_only_a_scheme_with_two_s_is_encrypted() -> None:
    """`redis://` goes as it is; `rediss://` is encrypted, with names and dates checked."""
    assert tls.calling("redis", None) is None
    assert tls.calling("http", None) is None
    assert tls.calling("https", None) is not None
    context = tls.calling("rediss", None)
    assert context is not None
    assert (True, ssl.CERT_REQUIRED) == (context.check_hostname, context.verify_mode)
    assert ssl.TLSVersion.TLSv1_2 == context.minimum_version


def test_an_authority_that_cannot_be_read_is_an_error(tmp_path: Path) -> None:
    """A wrong path is said at the start, not at the first call."""
    with pytest.raises(FileNotFoundError):
        tls.calling("rediss", tmp_path / "ca.crt")
