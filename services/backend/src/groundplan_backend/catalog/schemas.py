"""The catalog on the wire, and the two files it is read from."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

import msgspec
from msgspec import UNSET, Meta, UnsetType

Kind = Literal[
    "static", "gateway", "authorization", "backend", "service", "database", "cache", "storage"
]
Tier = Literal["edge", "application", "data"]
AnnotationKey = Literal["owner", "on-call", "link", "note"]
Stale = Annotated[
    bool | UnsetType, Meta(description="true when the database is down and this is the last copy")
]
WebAddress = Annotated[
    str,
    Meta(
        max_length=2000,
        pattern="^https?://[A-Za-z0-9.-]{1,253}(:[0-9]{1,5})?([/?#][!-~]*)?$(?!\\n)",
        examples=["https://runbooks.example/backend"],
    ),
]
Free = dict[str, Any]


class Wire(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """An object on the wire; unknown fields are refused."""


class Replicas(Wire):
    """How many replicas a component may have."""

    min: int
    max: int


class Arrow(Wire):
    """One component calls another."""

    source: str
    target: str


class Platform(Wire):
    """The platform as a whole."""

    name: str
    region: str
    domain: str
    owner: str
    environment: str
    zones: list[str]
    network: Free
    tiers: list[Tier]
    arrows: list[Arrow]
    stale: Stale = UNSET


class Environment(Wire):
    """What an environment sets: replicas by service, its database, approvals that it asks for."""

    name: str
    replicas: dict[str, Replicas]
    database: Free
    approvals: int | None = None


class EnvironmentPage(Wire):
    """The environments in the file's order."""

    items: list[Environment]
    next: str | None
    stale: Stale = UNSET


class Service(Wire):
    """A component as lists show it."""

    name: str
    kind: Kind
    tier: Tier
    description: str
    replicas: Replicas
    calls: list[str]
    source: str


class ServicePage(Wire):
    """Components by name."""

    items: list[Service]
    next: str | None
    stale: Stale = UNSET


class ServiceDetail(Service):
    """A component with all that the file says of it."""

    resources: Free
    routes: list[Free]
    limits: Free | None
    image: str | None
    called_by: list[str]
    stale: Stale = UNSET


class ServiceQuery(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """Which services: by tier, kind or words in name and description; and which part."""

    tier: Tier | UnsetType = UNSET
    kind: Kind | UnsetType = UNSET
    q: Annotated[str, Meta(pattern="^[^\\u0000]*$", max_length=100)] | UnsetType = UNSET
    limit: Annotated[int, Meta(ge=1, le=100)] = 50
    after: Annotated[str, Meta(min_length=1, max_length=512)] | UnsetType = UNSET


class AnnotationQuery(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """Which part of the list."""

    limit: Annotated[int, Meta(ge=1, le=100)] = 50
    after: Annotated[str, Meta(min_length=1, max_length=512)] | UnsetType = UNSET


class Annotation(Wire):
    """What somebody notes beside a service; `created_by` is an e-mail address."""

    id: UUID
    service: str
    key: AnnotationKey
    value: str
    url: str | None
    created_by: str | None
    created_at: datetime
    updated_at: datetime


class AnnotationPage(Wire):
    """Annotations of a service, oldest first."""

    items: list[Annotation]
    next: str | None
    stale: Stale = UNSET


class AnnotationDetail(Annotation):
    """One annotation."""

    stale: Stale = UNSET


class AnnotationText(Wire):
    """What an annotation says."""

    key: AnnotationKey
    value: Annotated[str, Meta(min_length=1, max_length=500, pattern="^[^\\u0000]*$")]
    url: WebAddress | None = None

    def __post_init__(self) -> None:
        if self.url is not None and self.url != self.url.strip():
            raise ValueError("an address has no space around it")


class Amount(Wire):
    """A number that is not known exactly: the least, the expected and the most."""

    low: float
    expected: float
    high: float


class BillLine(Wire):
    """What one thing costs, in US dollars a month, with its price and the price's source."""

    component: str
    name: str
    what: str
    quantity: Amount
    unit: str
    price: float
    cost: Amount
    assumption: str
    tagged: bool
    source: str
    as_of: str
    evidence: str
    confirmed: bool


class Saving(Wire):
    """A way to pay less, in US dollars of the expected month, how it is done and its risk."""

    name: str
    usd: float
    how: str
    risk: str
    assumption: str


class Estimate(Wire):
    """A month's bill, in US dollars, with what would save and what no line counts."""

    environment: str
    region: str
    budget: int
    over_budget: float
    total: Amount
    components: dict[str, Amount]
    tags: dict[str, Amount]
    lines: list[BillLine]
    savings: list[Saving]
    left_out: list[str]


class Bill(Wire):
    """What an environment would cost at AWS, or the reason why nobody knows."""

    environment: str
    estimate: Estimate | None
    problem: str | None


class BillPage(Wire):
    """The bills in the order of the environments."""

    items: list[Bill]
    next: str | None
    stale: Stale = UNSET


class LiveComponent(Wire):
    """One replica of a component as the runner sees it now."""

    name: str
    replica: int
    kind: str
    state: str
    pid: int | None
    port: int | None
    restarts: int
    started_at: str | None
    detail: str
    log: list[str]


class State(Wire):
    """The live state; `unknown` when nobody reports it."""

    state: str
    updated_at: datetime | None
    components: list[LiveComponent]


class CatalogComponent(msgspec.Struct, kw_only=True):
    """A component in the catalog file."""

    name: str
    kind: Kind
    tier: Tier
    description: str = ""
    replicas: Replicas = msgspec.field(default_factory=lambda: Replicas(min=1, max=1))
    resources: Free = msgspec.field(default_factory=dict)
    routes: list[Free] = msgspec.field(default_factory=list)
    calls: list[str] = msgspec.field(default_factory=list)
    limits: Free | None = None
    image: str | None = None
    source: str = ""


class CatalogPlatform(msgspec.Struct, kw_only=True):
    """The platform in the catalog file."""

    name: str
    region: str = ""
    domain: str = ""
    owner: str = ""
    environment: str = ""
    zones: list[str] = msgspec.field(default_factory=list)
    network: Free = msgspec.field(default_factory=dict)


class CatalogEnvironment(msgspec.Struct, kw_only=True):
    """An environment in the catalog file."""

    name: str
    replicas: dict[str, Replicas] = msgspec.field(default_factory=dict)
    database: Free = msgspec.field(default_factory=dict)
    approvals: int | None = None


class CatalogFile(msgspec.Struct, kw_only=True):
    """The catalog as the platform's model renders it."""

    platform: CatalogPlatform
    environments: list[CatalogEnvironment]
    bills: list[Bill] = msgspec.field(default_factory=list)
    components: list[CatalogComponent]
