"""What every root begins with: names and tags, the provider, versions and where state is kept."""

from typing import Final

from groundplan.formats.hcl import Block, Expression
from groundplan.targets.terraform.stack import Stack

TERRAFORM: Final = ">= 1.11.0"
"""The first version, of OpenTofu too, that writes secrets past its state."""
PROVIDER: Final = "5.100.0"
_SIMULATED: Final = Expression("var.simulated")


def names(stack: Stack) -> list[Block]:
    """Return the names that the calls share."""
    found = [Block("locals", (), {"name": stack.name, "tags": stack.tags})]
    if not stack.platform.cluster.administrators:
        found += [
            Block("data", ("aws_caller_identity", "current")),
            Block(
                "data",
                ("aws_iam_session_context", "current"),
                {"arn": Expression("data.aws_caller_identity.current.arn")},
                comment="No administrators are named, so whoever applies becomes one.",
            ),
        ]
    return found


def provider(stack: Stack) -> list[Block]:
    """Return the provider and the one switch that it has."""
    simulated = Block(
        "variable",
        ("simulated",),
        {
            "type": Expression("bool"),
            "description": "Whether AWS is a simulator, which knows no credentials.",
            "default": False,
        },
    )
    aws = Block(
        "provider",
        ("aws",),
        {
            "region": stack.platform.region,
            "max_retries": Expression("var.simulated ? 3 : 25"),
            "skip_credentials_validation": _SIMULATED,
            "skip_metadata_api_check": _SIMULATED,
            "s3_use_path_style": _SIMULATED,
        },
    )
    return [simulated, aws]


def versions(stack: Stack) -> list[Block]:
    """Return the versions that were tried, and where state is kept."""
    providers = Block(
        "required_providers", (), {"aws": {"source": "hashicorp/aws", "version": PROVIDER}}
    )
    return [Block("terraform", (), {"required_version": TERRAFORM}, (providers, _backend(stack)))]


def _backend(stack: Stack) -> Block:
    bucket = stack.platform.delivery.state_bucket
    if bucket is None:
        return Block("backend", ("local",), comment="delivery.stateBucket keeps state in S3.")
    return Block(
        "backend",
        ("s3",),
        {
            "bucket": bucket,
            "key": f"{stack.name}/terraform.tfstate",
            "region": stack.platform.region,
            "encrypt": True,
            "use_lockfile": True,
        },
    )
