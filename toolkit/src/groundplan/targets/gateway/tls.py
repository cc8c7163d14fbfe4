"""Encryption: what the gateway shows to callers, and what it asks of those whom it calls.

Certificates come from files that Envoy watches, so that a new one is taken up without a
restart. Where nothing is encrypted every function returns nothing.
"""

from typing import Final

from groundplan.model.placement import Discovery, Placement
from groundplan.targets.gateway.extension import Json, extension, typed

CERTIFICATE: Final = "certificate"
AUTHORITY: Final = "authority"
FOLDER: Final = "tls"
"""Below the folder of the configuration, on one machine; in a pod all files stand together."""
PROTOCOLS: Final = {
    "tls_minimum_protocol_version": "TLSv1_2",
    "tls_maximum_protocol_version": "TLSv1_3",
}
HANDSHAKE: Final = "5s"
"""Who has not shaken hands by then is cut: no other time-out has begun."""
_MESSAGES: Final = "envoy.extensions.transport_sockets.tls.v3."


def files(placement: Placement, gateway: str) -> dict[str, Json]:
    """Return the files that say where the certificates are, by path."""
    if not placement.is_encrypted:
        return {}
    folder = gateway if placement.discovery is Discovery.NAMES else FOLDER
    return {
        f"{folder}/{name}.json": {"resources": [secret]}
        for name, secret in _secrets(placement, gateway).items()
    }


def downstream(placement: Placement) -> Json:
    """Return the part of a filter chain that makes its listener speak TLS only."""
    if not placement.is_encrypted:
        return {}
    socket = _socket(
        "DownstreamTlsContext",
        alpn_protocols=["h2", "http/1.1"],
        tls_certificate_sds_secret_configs=[_source(placement, CERTIFICATE)],
    )
    return {**socket, "transport_socket_connect_timeout": HANDSHAKE}


def scheme(placement: Placement) -> str:
    """Return how addresses of clusters begin, so that they say what the cluster speaks."""
    return "https" if placement.is_encrypted else "http"


def upstream(placement: Placement, name: str) -> Json:
    """Return the part of a cluster that makes it speak TLS, with nobody but who bears its name."""
    if not placement.is_encrypted:
        return {}
    is_named = {"san_type": "DNS", "matcher": {"exact": name}}
    validation = {
        "default_validation_context": {"match_typed_subject_alt_names": [is_named]},
        "validation_context_sds_secret_config": _source(placement, AUTHORITY),
    }
    return _socket("UpstreamTlsContext", {"sni": name}, combined_validation_context=validation)


def _socket(context: str, outer: Json | None = None, **inner: object) -> Json:
    settings = {**(outer or {}), "common_tls_context": {"tls_params": PROTOCOLS, **inner}}
    made = extension("envoy.transport_sockets.tls", _MESSAGES + context, **settings)
    return {"transport_socket": made}


def _secrets(placement: Placement, gateway: str) -> dict[str, Json]:
    at = placement.certificate(gateway)
    watched = {"watched_directory": {"path": at.chain.rpartition("/")[0]}}
    shown = {"certificate_chain": {"filename": at.chain}, "private_key": {"filename": at.key}}
    believed = {"trusted_ca": {"filename": at.authority}}
    return {
        CERTIFICATE: _secret(CERTIFICATE, tls_certificate={**shown, **watched}),
        AUTHORITY: _secret(AUTHORITY, validation_context={**believed, **watched}),
    }


def _secret(name: str, **content: Json) -> Json:
    return typed(_MESSAGES + "Secret", name=name, **content)


def _source(placement: Placement, name: str) -> Json:
    folder = "config" if placement.discovery is Discovery.NAMES else FOLDER
    path = f"{placement.config_folder}/{folder}/{name}.json"
    config = {"resource_api_version": "V3", "path_config_source": {"path": path}}
    return {"name": name, "sds_config": config}
