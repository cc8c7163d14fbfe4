"""Encryption between services: the settings that all of them read, and whom they believe.

`TLS_CERTIFICATE_FILE` and `TLS_KEY_FILE` together make a service speak TLS; what it calls must
show a certificate of an authority in `TLS_AUTHORITY_FILE`, made out to the name that it called.
"""

import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

CERTIFICATE = "TLS_CERTIFICATE_FILE"
KEY = "TLS_KEY_FILE"
AUTHORITY = "TLS_AUTHORITY_FILE"


@dataclass(frozen=True, slots=True)
class Certificate:
    """What a server shows: the files, in PEM, of a certificate and of its private key."""

    chain: Path
    key: Path


def certificate(environment: Mapping[str, str]) -> Certificate | None:
    """Return what to show to callers; None where the service speaks without encryption.

    Raises:
        ValueError: only one of the two files is named.
    """
    chain, key = environment.get(CERTIFICATE, ""), environment.get(KEY, "")
    if bool(chain) != bool(key):
        missing, given = (KEY, CERTIFICATE) if chain else (CERTIFICATE, KEY)
        raise ValueError(f"{missing} is not set, but {given} is; a server needs both")
    return Certificate(Path(chain), Path(key)) if chain else None


def authority(environment: Mapping[str, str]) -> Path | None:
    """Return the file of the authorities to believe; None where the system's are believed."""
    file = environment.get(AUTHORITY, "")
    return Path(file) if file else None


def calling(scheme: str, believed: Path | None) -> ssl.SSLContext | None:
    """Return how to call a URL of some scheme; None where it asks for no encryption (`redis`).

    `https` asks for it, and so do `rediss` and whatever else ends like it.

    Raises:
        OSError: the file of the authorities cannot be read, or holds no certificate.
    """
    if scheme != "https" and not scheme.endswith("ss"):
        return None
    context = ssl.create_default_context(cafile=believed)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context
