"""Certificates of a data folder: a small authority of its own, and one for every component.

The authority's key never leaves the folder. Whatever is missing, does not fit together or is
near its end is made anew; what still stands stays.
"""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ec import (
    SECP256R1,
    EllipticCurvePrivateKey,
    generate_private_key,
)
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from groundplan.runner import disk
from groundplan.runner.port import HOST

AUTHORITY_LASTS: Final = timedelta(days=3650)
LASTS: Final = timedelta(days=90)
LEFT_AT_LEAST: Final = LASTS / 3
"""A certificate with less time than this is replaced."""
EARLIER: Final = timedelta(hours=1)
"""By which certificates begin before they are made: clocks differ."""
CHAIN, KEY, AUTHORITY = "tls.crt", "tls.key", "ca.crt"
_AUTHORITY_KEY: Final = "ca.key"


@dataclass(frozen=True, slots=True)
class _Pair:
    certificate: x509.Certificate
    key: EllipticCurvePrivateKey


def provide(folder: Path, names: Iterable[str], now: datetime | None = None) -> set[str]:
    """Make the certificates that are missing or near their end; return the paths that changed.

    Args:
        folder: where the authority stands, with a folder below it for every component.
        names: the components; each one's name stands in its certificate.
        now: the time, for tests.
    """
    at = now or datetime.now(UTC)
    signer, changed = _authority(folder, at)
    believed = signer.certificate.public_bytes(Encoding.PEM).decode()
    for name in names:
        own = folder / name
        if not _serves(own, name, signer, at):
            changed |= _store(own, CHAIN, KEY, _issue(name, signer, at))
        if disk.write_changed(own / AUTHORITY, believed, 0o644, own):
            changed.add(str(own / AUTHORITY))
    return changed


def authority_file(folder: Path) -> Path:
    """Return the certificate that browsers and other clients may be told to believe."""
    return folder / AUTHORITY


def _authority(folder: Path, at: datetime) -> tuple[_Pair, set[str]]:
    kept = _load(folder, AUTHORITY, _AUTHORITY_KEY)
    if kept and kept.certificate.not_valid_after_utc - at > LASTS:
        return kept, set()
    made = _self_signed(at)
    return made, _store(folder, AUTHORITY, _AUTHORITY_KEY, made)


def _serves(folder: Path, name: str, signer: _Pair, at: datetime) -> bool:
    kept = _load(folder, CHAIN, KEY)
    if kept is None or kept.certificate.not_valid_after_utc - at < LEFT_AT_LEAST:
        return False
    try:
        kept.certificate.verify_directly_issued_by(signer.certificate)
        said = kept.certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName)
    except (ValueError, TypeError, InvalidSignature, x509.ExtensionNotFound):
        return False
    return said.value == _names(name)


def _load(folder: Path, chain: str, key: str) -> _Pair | None:
    """Return a certificate with its key; None where one is missing or they do not fit."""
    try:
        certificate = x509.load_pem_x509_certificate((folder / chain).read_bytes())
        private = load_pem_private_key((folder / key).read_bytes(), password=None)
    except (OSError, ValueError):
        return None
    fits = certificate.public_key() == private.public_key()
    if not fits or not isinstance(private, EllipticCurvePrivateKey):
        return None
    return _Pair(certificate, private)


def _self_signed(at: datetime) -> _Pair:
    key = generate_private_key(SECP256R1())
    name = _named(f"Groundplan on this machine, {at:%Y-%m-%d}")
    builder = (
        _builder(name, name, key, at, AUTHORITY_LASTS)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs=True), critical=True)
    )
    return _Pair(builder.sign(key, hashes.SHA256()), key)


def _issue(name: str, signer: _Pair, at: datetime) -> _Pair:
    key = generate_private_key(SECP256R1())
    above = x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.key.public_key())
    builder = (
        _builder(_named(name), signer.certificate.subject, key, at, LASTS)
        .add_extension(_names(name), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(above, critical=False)
    )
    return _Pair(builder.sign(signer.key, hashes.SHA256()), key)


def _builder(
    subject: x509.Name,
    issuer: x509.Name,
    key: EllipticCurvePrivateKey,
    at: datetime,
    lasts: timedelta,
) -> x509.CertificateBuilder:
    own = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(at - EARLIER)
        .not_valid_after(at + lasts)
        .add_extension(own, critical=False)
    )


def _names(component: str) -> x509.SubjectAlternativeName:
    here = x509.IPAddress(IPv4Address(HOST))
    return x509.SubjectAlternativeName([x509.DNSName(component), x509.DNSName("localhost"), here])


def _named(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def _usage(*, signs: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs,
        key_cert_sign=signs,
        crl_sign=signs,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _store(folder: Path, chain: str, key: str, pair: _Pair) -> set[str]:
    """Write a pair, the key first: without its certificate it is taken for none."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    private = pair.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    _replace(folder / key, private.decode(), 0o600)
    _replace(folder / chain, pair.certificate.public_bytes(Encoding.PEM).decode(), 0o644)
    return {str(folder / key), str(folder / chain)}


def _replace(path: Path, text: str, mode: int) -> None:
    """Replace a file; it keeps the owner to whom it was handed over."""
    owner = path.stat().st_uid if path.exists() else os.getuid()
    disk.write(path, text, mode, sync=True)
    if owner != os.getuid():
        os.chown(path, owner, -1)
