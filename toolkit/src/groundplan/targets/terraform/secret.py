"""Secrets that pods find in files, and what the cluster's controllers may do in the account."""

from collections.abc import Iterator
from typing import Any, Final

from groundplan.formats.hcl import Block, Expression
from groundplan.model.platform import DATABASE
from groundplan.targets.terraform.stack import Stack, of

PURPOSE: Final = "secrets"
"""What the KMS key of secrets is called in the module security."""
CONTROLLERS: Final = ("aws-load-balancer-controller", "external-dns", "external-secrets")
KEY: Final = 64
"""Digits of base 16 that make a key of 256 bits."""
PASSWORD: Final = 48
"""Letters and digits; more than 256 bits."""
READABLE: Final = 32
"""Letters and digits of a password that a person types once."""
RECOVERY: Final = 30
"""Days in which a deleted secret can be called back."""


def blocks(stack: Stack) -> list[Block]:
    """Return the calls of secrets and controllers."""
    return [
        stack.call("secrets", _secrets(stack)),
        stack.call("controllers", _controllers(stack)),
    ]


def identities() -> dict[str, Expression]:
    """Return which service account takes which controller's role."""
    return {name: of("controllers", "pod_identities", name) for name in CONTROLLERS}


def _secrets(stack: Stack) -> dict[str, Any]:
    return {
        "kms_key_arn": of("security", "kms_key_arns", PURPOSE),
        "recovery_days": RECOVERY if stack.platform.security.secret_recovery else 0,
        "secrets": dict(_drawn(stack)),
    }


def _drawn(stack: Stack) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield each secret with how it is drawn; pods find it by this name."""
    keys = {
        "gateway-key": "Signs what the gateway says of a caller",
        "key-encryption-key": "Encrypts the keys by which identities are signed",
    }
    for name, description in keys.items():
        yield name, {"description": description, "length": KEY, "alphabet": "hexadecimal"}
    yield "cache-password", _password("Password of the cache")
    yield (
        "administrator",
        {
            "description": "The first person who signs in",
            "length": READABLE,
            "fields": {"email": f"admin@{stack.platform.domain}"},
        },
    )
    for service in stack.platform.callers_of(DATABASE):
        yield f"database/{service}", _password(f"Password of {service} in the database")
    if stack.platform.callers_of(DATABASE):
        yield "database/exporter", _password("Password of who reads the database's figures")
    yield "telemetry-key", _password("By which the console reads lines of the cluster")
    yield "alerts-key", _password("By which alerts come to the console")
    yield "pager-url", _password("Address of the pager's webhook: put yours in its place")


def _password(description: str) -> dict[str, Any]:
    return {"description": description, "length": PASSWORD}


def _controllers(stack: Stack) -> dict[str, Any]:
    keys = [of("security", "kms_key_arns", purpose) for purpose in (PURPOSE, "database")]
    return {
        "cluster_name": Expression("local.name"),
        "secret_prefix": of("secrets", "prefix"),
        "secret_arns": [of("database", "master_secret_arn")],
        "secret_kms_key_arns": keys,
        "web_acl_arn": of("edge", "web_acl_arn"),
        "zone_id": of("edge", "zone_id"),
    }
