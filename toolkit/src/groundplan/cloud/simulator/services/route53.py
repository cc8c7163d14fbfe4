"""Route 53: signing a zone by DNSSEC, and query logs that name a log group as Terraform does."""

import hashlib
from collections.abc import Callable
from typing import Any

from moto.core.utils import utcnow
from moto.route53.models import Route53Backend
from moto.route53.responses import Route53

from groundplan.cloud.simulator import identifiers
from groundplan.cloud.simulator.registry import Call, Refused, corrected, operation

KEY, SIGNING = "key signing key", "zone signing"
CHANGED = {"Id": "/change/C1PA6795UKMFR9", "Status": "INSYNC"}


@corrected(Route53Backend, "create_query_logging_config", "route53", "CreateQueryLoggingConfig")
def create_query_logging_config(
    original: Callable[..., Any], backend: Any, zone: str, group: str
) -> Any:
    """Take a log group with and without the :* that moto wants and AWS does not."""
    made = original(backend, zone, group.removesuffix(":*") + ":*")
    made.cloud_watch_logs_log_group_arn = group
    return made


def _changed() -> dict[str, Any]:
    return {"ChangeInfo": {**CHANGED, "SubmittedAt": utcnow()}}


def _zone(call: Call) -> str:
    """Return a zone's id without its prefix; moto refuses an unknown one."""
    number = call.parameters["HostedZoneId"].removeprefix("/hostedzone/")
    call.response.backend.get_hosted_zone(number)
    return str(number)


@operation(Route53, "CreateKeySigningKey")
def create_key_signing_key(call: Call) -> dict[str, Any]:
    """Let a zone be signed by a key of KMS; what hangs on the key itself is made up."""
    zone, given = _zone(call), call.parameters
    name = given["Name"]
    if (zone, name) in call.table(KEY):
        raise Refused("KeySigningKeyAlreadyExists", f"{name} already exists in {zone}")
    digest = hashlib.sha256(f"{zone}{name}".encode()).hexdigest().upper()
    tag, public = int(digest[:4], 16), identifiers.random(88)
    key = {
        "Name": name,
        "KmsArn": given["KeyManagementServiceArn"],
        "Flag": 257,
        "SigningAlgorithmMnemonic": "ECDSAP256SHA256",
        "SigningAlgorithmType": 13,
        "DigestAlgorithmMnemonic": "SHA-256",
        "DigestAlgorithmType": 2,
        "KeyTag": tag,
        "DigestValue": digest,
        "PublicKey": public,
        "DSRecord": f"{tag} 13 2 {digest}",
        "DNSKEYRecord": f"257 3 13 {public}",
        "Status": given["Status"],
        "CreatedDate": utcnow(),
        "LastModifiedDate": utcnow(),
    }
    call.table(KEY)[zone, name] = key
    place = f"https://route53.amazonaws.com/2013-04-01/keysigningkey/{zone}/{name}"
    return {**_changed(), "KeySigningKey": key, "Location": place}


def _key(call: Call) -> dict[str, Any]:
    name = call.parameters["Name"]
    message = f"There is no key signing key {name}"
    return call.found(KEY, _zone(call), name, code="NoSuchKeySigningKey", message=message)


@operation(Route53, "ActivateKeySigningKey")
def activate_key_signing_key(call: Call) -> dict[str, Any]:
    """Sign with a key."""
    _key(call)["Status"] = "ACTIVE"
    return _changed()


@operation(Route53, "DeactivateKeySigningKey")
def deactivate_key_signing_key(call: Call) -> dict[str, Any]:
    """Sign with a key no longer; the last one of a signed zone stays."""
    if _zone(call) in _signed(call):
        message = "A signed zone needs an active key signing key"
        raise Refused("KeySigningKeyInParentDSRecord", message)
    _key(call)["Status"] = "INACTIVE"
    return _changed()


@operation(Route53, "DeleteKeySigningKey")
def delete_key_signing_key(call: Call) -> dict[str, Any]:
    """Forget a key that does not sign."""
    if _key(call)["Status"] == "ACTIVE":
        raise Refused("InvalidKeySigningKeyStatus", "The key signing key is active")
    del call.table(KEY)[_zone(call), call.parameters["Name"]]
    return _changed()


def _signed(call: Call) -> set[str]:
    return {zone for (zone,) in list(call.table(SIGNING))}


@operation(Route53, "EnableHostedZoneDNSSEC")
def enable_hosted_zone_dnssec(call: Call) -> dict[str, Any]:
    """Sign a zone by its active keys."""
    zone = _zone(call)
    if not any(key["Status"] == "ACTIVE" for key in _keys(call, zone)):
        message = f"{zone} has no active key signing key"
        raise Refused("KeySigningKeyWithActiveStatusNotFound", message)
    call.table(SIGNING)[(zone,)] = {}
    return _changed()


@operation(Route53, "DisableHostedZoneDNSSEC")
def disable_hosted_zone_dnssec(call: Call) -> dict[str, Any]:
    """Sign a zone no longer."""
    call.table(SIGNING).pop((_zone(call),), None)
    return _changed()


@operation(Route53, "GetDNSSEC")
def get_dnssec(call: Call) -> dict[str, Any]:
    """Return whether a zone is signed, and its keys."""
    zone = _zone(call)
    status = "SIGNING" if zone in _signed(call) else "NOT_SIGNING"
    return {"Status": {"ServeSignature": status}, "KeySigningKeys": _keys(call, zone)}


def _keys(call: Call, zone: str) -> list[dict[str, Any]]:
    return [key for (owner, _), key in list(call.table(KEY).items()) if owner == zone]
