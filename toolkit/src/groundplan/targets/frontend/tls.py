"""Encryption: what browsers and load balancers are shown, and how gateways are known.

Where nothing is encrypted every function returns nothing.
"""

from typing import Final

from groundplan.model.placement import Placement
from groundplan.model.quantity import seconds
from groundplan.targets.frontend.directive import Lines, line

PROTOCOLS: Final = ("TLSv1.2", "TLSv1.3")
CIPHERS: Final = ":".join(
    f"ECDHE-{key}-{cipher}"
    for key in ("ECDSA", "RSA")
    for cipher in ("AES128-GCM-SHA256", "AES256-GCM-SHA384", "CHACHA20-POLY1305")
)
"""Of TLS 1.2: those that keep yesterday's talk secret when the key is lost."""
SESSION: Final = 3600
"""Seconds for which a caller may come back with a shorter handshake."""
CHAIN: Final = 2
"""Authorities between a gateway's certificate and the one that is believed, at the most."""


def scheme(placement: Placement) -> str:
    """Return how gateways are spoken to."""
    return "https" if placement.is_encrypted else "http"


def listening(placement: Placement) -> tuple[str, ...]:
    """Return the words that make a listening address speak TLS only."""
    return ("ssl",) if placement.is_encrypted else ()


def server(placement: Placement, name: str) -> Lines:
    """Return what callers of a site are shown, and how they may speak."""
    if not placement.is_encrypted:
        return ()
    shown = placement.certificate(name)
    return (
        *line("ssl_certificate", shown.chain),
        *line("ssl_certificate_key", shown.key),
        *line("ssl_protocols", *PROTOCOLS),
        *line("ssl_ciphers", CIPHERS),
        *line("ssl_prefer_server_ciphers", "off"),
        *line("ssl_session_cache", "shared:sessions:4m"),
        *line("ssl_session_timeout", seconds(SESSION)),
        # The key of a ticket would outlive what it protects: nobody changes it.
        *line("ssl_session_tickets", "off"),
    )


def upstream(placement: Placement, name: str, gateway: str) -> Lines:
    """Return how a site makes sure that it speaks with a gateway and nobody else."""
    if not placement.is_encrypted:
        return ()
    return (
        *line("proxy_ssl_server_name", "on"),
        *line("proxy_ssl_name", gateway),
        *line("proxy_ssl_verify", "on"),
        *line("proxy_ssl_verify_depth", CHAIN),
        *line("proxy_ssl_trusted_certificate", placement.certificate(name).authority),
        *line("proxy_ssl_protocols", *PROTOCOLS),
    )
