"""Releases and deployments on the wire: what clients send and get.

Patterns end in `$(?!\\n)`: to Python a `$` alone stands before a last line end too.
"""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

import msgspec
from msgspec import UNSET, Meta, UnsetType

Kind = Literal["release", "infrastructure"]
State = Literal[
    "planned", "awaiting_approval", "applying", "verifying", "live", "failed", "rolled_back"
]
Decision = Literal["approve", "reject"]
ArtifactKind = Literal["plan", "cost", "drift", "sbom", "report", "log"]
Name = Annotated[
    str, Meta(pattern="^[a-z0-9][a-z0-9-]{0,62}$(?!\\n)", max_length=63, examples=["backend"])
]
Version = Annotated[
    str,
    Meta(pattern="^[A-Za-z0-9][A-Za-z0-9._+-]{0,127}$(?!\\n)", max_length=128, examples=["1.4.0"]),
]
Digest = Annotated[
    str,
    Meta(
        pattern="^sha256:[0-9a-f]{64}$(?!\\n)",
        max_length=71,
        description="of the image, or of the packed code on one machine",
    ),
]
Commit = Annotated[str, Meta(pattern="^[0-9a-f]{7,64}$(?!\\n)", max_length=64)]
Text = Annotated[str, Meta(max_length=500, pattern="^[^\\u0000]*$(?!\\n)")]
Line = Annotated[str, Meta(min_length=1, max_length=200, pattern="^[^\\u0000]*$(?!\\n)")]
Page = Annotated[int, Meta(ge=1, le=100)]
Cursor = Annotated[str, Meta(min_length=1, max_length=512)] | UnsetType


class Wire(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """An object on the wire; unknown fields are refused."""


class NewRelease(Wire, kw_only=True):
    """One build of one service; a version stands for one digest for ever."""

    service: Name
    version: Version
    digest: Digest
    commit: Commit | None = None
    sbom: UUID | None = None
    built_by: Line
    built_at: datetime

    def __post_init__(self) -> None:
        if self.built_at.tzinfo is None:
            raise ValueError("a time needs its zone, such as 2026-01-02T03:04:05Z")


class Release(Wire):
    """A build that can be deployed; `sbom` is an artifact's id, `created_by` an e-mail address."""

    id: UUID
    service: str
    version: str
    digest: str
    commit: str | None
    sbom: UUID | None
    built_by: str
    built_at: datetime
    created_by: str | None
    created_at: datetime


class ReleasePage(Wire):
    """Releases, latest first."""

    items: list[Release]
    next: str | None


class ReleaseQuery(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """Which releases."""

    service: Name | UnsetType = UNSET
    limit: Page = 50
    after: Cursor = UNSET


class NewDeployment(Wire):
    """What to deliver where: releases of different services, or none for infrastructure."""

    environment: Name
    kind: Kind = "release"
    releases: Annotated[list[UUID], Meta(max_length=50)] = []
    note: Text = ""

    def __post_init__(self) -> None:
        if (self.kind == "release") != bool(self.releases):
            raise ValueError("a deployment has releases, one of infrastructure has none")
        if len(set(self.releases)) < len(self.releases):
            raise ValueError("a release stands twice")


class Deployment(Wire):
    """One delivery to an environment.

    `note` is what its requester said, `reason` why it is in its state; `approved` counts who
    has approved so far; `superseded` tells that a later one took its place.
    """

    id: UUID
    environment: str
    kind: Kind
    services: list[str]
    state: State
    note: str
    reason: str
    revision: int
    requested_by: str | None
    approvals_required: int
    approved: int
    rollback_of: UUID | None
    superseded: bool
    agent: str | None
    created_at: datetime
    updated_at: datetime
    finished_at: datetime | None


class DeploymentPage(Wire):
    """Deployments, latest first."""

    items: list[Deployment]
    next: str | None


class DeploymentQuery(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """Which deployments."""

    environment: Name | UnsetType = UNSET
    service: Name | UnsetType = UNSET
    state: State | UnsetType = UNSET
    limit: Page = 50
    after: Cursor = UNSET


class Delivered(Wire):
    """A release in a deployment, and the one that it replaces, which a rollback returns to."""

    service: str
    release: Release
    previous: Release | None


class Approval(Wire):
    """What one person decided."""

    by: str
    decision: Decision
    note: str
    at: datetime


class AttachedArtifact(Wire):
    """A file that belongs to a deployment; `artifact` is its id."""

    artifact: UUID
    kind: ArtifactKind
    at: datetime


class DeploymentDetail(Deployment):
    """A deployment with all that belongs to it."""

    releases: list[Delivered]
    approvals: list[Approval]
    artifacts: list[AttachedArtifact]
    rolled_back_by: UUID | None
    can_roll_back: bool


class NewTransition(Wire):
    """A step of a deployment: from the state that the sender expects to the next.

    `lease` is needed while an agent holds the deployment.
    """

    expected: State
    to: State
    reason: Text = ""
    lease: UUID | None = None


class NewApproval(Wire):
    """A decision on a deployment that another has requested."""

    decision: Decision
    note: Text = ""


class NewArtifact(Wire):
    """A file to attach, by the id of an artifact."""

    artifact: UUID
    kind: ArtifactKind


class NewProgress(Wire):
    """How far the one who carries a deployment out has come."""

    message: Line
    done: Annotated[int, Meta(ge=0, le=100_000)] = 0
    total: Annotated[int, Meta(ge=0, le=100_000)] = 0
    lease: UUID | None = None


class NewRollback(Wire):
    """Why to go back."""

    note: Text = ""


class WorkQuestion(Wire):
    """An agent asks for the next deployment of its environment; `seconds` is its lease."""

    environment: Name
    agent: Line
    services: Annotated[list[Name], Meta(max_length=100)] | UnsetType = UNSET
    seconds: Annotated[int, Meta(ge=5, le=300)] = 30


class Work(Wire):
    """A deployment to carry out until `leased_until`, unless the lease is renewed before."""

    deployment: DeploymentDetail
    lease: UUID
    leased_until: datetime


class WorkAnswer(Wire):
    """What there is to do; null when there is nothing."""

    work: Work | None


class LeaseRenewal(Wire):
    """An agent goes on."""

    lease: UUID
    seconds: Annotated[int, Meta(ge=5, le=300)] = 30


class Lease(Wire):
    """Until when the deployment is the agent's."""

    leased_until: datetime


class LiveService(Wire):
    """What is live of one service, and what is on its way; nulls where there is none."""

    service: str
    release: Release | None
    deployment: UUID | None
    since: datetime | None
    coming: UUID | None
    coming_state: State | None


class DeliveryEnvironment(Wire):
    """An environment, how many approvals it asks for, and what is live in it."""

    name: str
    approvals: int
    services: list[LiveService]


class DeliveryEnvironmentPage(Wire):
    """The environments in the file's order."""

    items: list[DeliveryEnvironment]
    next: str | None
