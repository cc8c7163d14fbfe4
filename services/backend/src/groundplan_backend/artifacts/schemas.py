"""Artifacts on the wire: uploads in parts, what became of them, and links to hand on."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

import msgspec
from msgspec import UNSET, Meta, UnsetType

Kind = Literal["plan", "cost", "drift", "report", "sbom", "backup", "release", "log", "other"]
UploadState = Literal["uploading", "checking", "refused", "ready"]
Digest = Annotated[
    str,
    Meta(
        pattern="^[0-9a-f]{64}$",
        description="SHA-256 in hexadecimal",
        examples=["9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"],
    ),
]
FileName = Annotated[
    str,
    Meta(
        min_length=1,
        max_length=255,
        description="a name without a folder, at most 255 bytes in UTF-8; it never becomes a path",
        examples=["plan.json"],
    ),
]
Subject = Annotated[
    str,
    Meta(
        pattern="^[a-z]{1,20}:[A-Za-z0-9._-]{1,100}$",
        description="what the file belongs to, as kind:name",
        examples=["deployment:7d9f1c3e-51a4-4a41-9d28-2f9f1c0a2b11", "service:backend"],
    ),
]
PartNumber = Annotated[int, Meta(ge=1, le=10_000)]
KeepDays = Annotated[int, Meta(ge=1, le=3650)]


class Wire(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """An object on the wire; unknown fields are refused."""


class NewUpload(Wire):
    """A file that is about to come. `sha256` of the whole file is compared when it is there."""

    name: FileName
    size: Annotated[int, Meta(ge=0, le=1 << 40, description="bytes")]
    kind: Kind = "other"
    sha256: Digest | UnsetType = UNSET
    subject: Subject | UnsetType = UNSET
    keep_days: KeepDays | UnsetType = UNSET


class Part(Wire):
    """A part that the store has; all but the last have the upload's `part_size`."""

    number: int
    size: int
    sha256: Digest


class Upload(Wire):
    """A file on its way. What is missing in `received` is to be sent; part 1 is the first.

    `direct` says that the store takes parts itself, by links. The id is the artifact's when
    `state` is ready; `refusal` says why it is refused.
    """

    id: UUID
    name: str
    kind: Kind
    subject: str | None
    size: int
    part_size: int
    parts: int
    received: list[Part]
    state: UploadState
    refusal: str | None
    direct: bool
    expires_at: datetime


class Completion(Wire):
    """What is said at the end of an upload."""

    sha256: Digest | UnsetType = UNSET


class PartClaim(Wire):
    """A part that its sender will hand to the store itself."""

    number: PartNumber
    sha256: Digest


class PartClaims(Wire):
    """Parts to be sent straight to the store."""

    parts: Annotated[list[PartClaim], Meta(min_length=1, max_length=100)]


class PartLink(Wire):
    """Where one part may be sent, until when: PUT the bytes and nothing else."""

    number: int
    url: str
    expires_at: datetime


class PartLinks(Wire):
    """Links for parts, in the order in which they were asked for."""

    items: list[PartLink]
    next: str | None


class Artifact(Wire):
    """A file that was checked and can be fetched. `media_type` is what its bytes say."""

    id: UUID
    name: str
    kind: Kind
    subject: str | None
    size: int
    sha256: Digest
    media_type: str
    created_by: str | None
    created_at: datetime
    expires_at: datetime


class ArtifactPage(Wire):
    """Artifacts, newest first."""

    items: list[Artifact]
    next: str | None


class ArtifactQuery(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """Which artifacts: by kind, subject or a word in the name; and which part of the list."""

    kind: Kind | UnsetType = UNSET
    subject: Subject | UnsetType = UNSET
    q: Annotated[str, Meta(pattern="^[^\\u0000]*$", max_length=100)] | UnsetType = UNSET
    limit: Annotated[int, Meta(ge=1, le=100)] = 50
    after: Annotated[str, Meta(min_length=1, max_length=512)] | UnsetType = UNSET


class Keeping(Wire):
    """How many days from now an artifact is kept."""

    keep_days: KeepDays


class NewLink(Wire):
    """How long a link opens, in seconds; at most a day."""

    expires_in: Annotated[int, Meta(ge=10, le=86_400)] = 900


class Link(Wire):
    """An address that gives one artifact to whoever has it, until it expires."""

    url: str
    expires_at: datetime


class Signature(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """What a link carries: until when it opens (Unix seconds), and proof that we said so."""

    expires: Annotated[int, Meta(ge=0, le=1 << 40)]
    signature: Annotated[str, Meta(min_length=43, max_length=43, pattern="^[A-Za-z0-9_-]{43}$")]
