"""What an AWS account is told beside the platform itself: guards, edge, backups, delivery."""

from typing import Annotated

from pydantic import Field, StringConstraints

from groundplan.model.entity import Count, Entity, Positive

Arn = Annotated[str, StringConstraints(pattern=r"^arn:aws[a-z-]*:[a-z0-9-]+:[^\s]*$")]
"""The name of something in AWS."""
Email = Annotated[str, StringConstraints(max_length=254, pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$")]


class Guards(Entity):
    """What watches the whole account; switch off what the account has already."""

    cloudtrail: bool = True
    """Whether every call to AWS is recorded."""
    guardduty: bool = True
    """Whether AWS looks for signs of an intruder."""
    config: bool = True
    """Whether changes of resources are recorded and judged."""
    security_hub: bool = True
    """Whether findings are gathered and judged by a standard."""
    password_policy: bool = True
    """Whether people's passwords must meet the CIS benchmark."""


class Edge(Entity):
    """Where the internet meets the platform: names, certificate, web application firewall."""

    create_zone: bool = True
    """Whether the domain's hosted zone is made; else `zoneId` names one."""
    zone_id: Annotated[str, StringConstraints(pattern=r"^Z[A-Z0-9]+$")] | None = None
    """An existing hosted zone."""
    requests: Annotated[int, Field(ge=100, le=2_000_000_000)] = 10_000
    """Requests of one address in five minutes above which it is blocked."""


class Backup(Entity):
    """Copies of data that are kept apart from it."""

    keep_days: Positive = 35
    """Days that a copy is kept."""
    lock_days: Count = 0
    """Days within which nobody can delete a copy; 0 locks nothing."""
    copy_to: Arn | None = None
    """A backup vault in another region that gets a copy of every copy."""
    restore_testing: bool = True
    """Whether AWS restores a copy every week to see that it can."""


GitHub = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9-]+/[A-Za-z0-9._-]+$")]
AccountId = Annotated[str, StringConstraints(pattern=r"^[0-9]{12}$")]
"""An AWS account, by its twelve digits."""
BucketName = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$")]


class Delivery(Entity):
    """How changes reach the account."""

    repository: GitHub | None = None
    """The GitHub repository, as owner/name, whose workflows may push, plan, apply and deploy."""
    branch: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9._/-]+$")] = "main"
    """The branch whose workflows may push images."""
    create_provider: bool = True
    """Whether GitHub's identity provider is made; an account has it once."""
    pullers: Annotated[tuple[AccountId, ...], Field(strict=False)] = ()
    """Other accounts whose nodes may pull the images, because they are promoted to them."""
    state_bucket: BucketName | None = None
    """The bucket that keeps Terraform's state; without one it is a file beside the files."""
