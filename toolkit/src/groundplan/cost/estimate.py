"""A month's bill of an environment, from its platform and the table of prices."""

from datetime import date
from typing import Final

from groundplan.cost import cluster, database, edge, guard, logs, network, storage
from groundplan.cost.line import Bill
from groundplan.cost.prices import table
from groundplan.model.platform import Platform

LEFT_OUT: Final = (
    "taxes, support plans and free tiers of new accounts",
    "requests to S3, KMS and ECR, and retrievals from archives",
    "CPU credits of t3 and t4g machines that are busy for long",
    "GuardDuty's look at calls to S3, and its search of volumes after a finding",
    "copies in another region, restore tests and fault injection",
)
"""What no line counts."""


def estimate(platform: Platform, environment: str, today: date) -> Bill:
    """Return the bill.

    Args:
        platform: the platform as it is in the environment.
        environment: the environment's name.
        today: decides which versions are in extended support.

    Raises:
        UsageError: the table knows no price for the region, a machine or the database.
    """
    sheet = table.sheet(platform.region)
    return Bill(
        environment,
        platform.region,
        platform.cost.budget,
        _tags(platform, environment),
        (
            *network.lines(platform, sheet),
            *guard.lines(platform, sheet),
            *cluster.lines(platform, sheet, today),
            *database.lines(platform, sheet, today),
            *storage.lines(platform, sheet),
            *edge.lines(platform, sheet),
            *logs.lines(platform, sheet),
        ),
    )


def _tags(platform: Platform, environment: str) -> dict[str, str]:
    """Return what Terraform puts on everything and what tells something apart."""
    return {
        "stack": f"{platform.name}-{environment}",
        "platform": platform.name,
        "environment": environment,
        "owner": platform.owner,
        **platform.cost.tags,
    }
