"""What holds for the whole platform: identity, security, signals, objectives, cost."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from groundplan.model.account import Email, Guards
from groundplan.model.entity import Entity, Name, Positive
from groundplan.model.objective import Faults, Signals, Slo
from groundplan.model.quantity import Bandwidth, Duration, Rate, Share, ShareRange, Size

Factor = Literal["required", "optional"]


class Mfa(Entity):
    """Who signs in with a second factor: a code generator or a passkey, beside the password."""

    administrator: Factor = "required"
    """Whether administrators must have one; without one, they set it up when they sign in."""
    operator: Factor = "optional"
    """Whether operators must have one."""
    viewer: Factor = "optional"
    """Whether viewers must have one."""

    @property
    def required_for(self) -> list[str]:
        """The roles whose people must have a second factor."""
        return [role for role, factor in self.model_dump().items() if factor == "required"]


class Identity(Entity):
    """How long a sign-in lasts, what it asks for and when an account is locked."""

    access_token: Annotated[Duration, Field(ge=1, le=900)] = 300.0
    """How long one access token is good, 15m at the most."""
    refresh_token: Duration = 28800.0
    """How long a sign-in lasts however busy it is."""
    idle: Duration = 1800.0
    """How long a sign-in lasts that nobody uses."""
    key_rotation: Duration = 2592000.0
    """How often the key that signs tokens is replaced."""
    lock_after: Annotated[int, Field(ge=3, le=100)] = 10
    """Failed sign-ins in a row that lock an account."""
    lock_for: Duration = 1800.0
    """How long an account stays locked; codes are locked twice as long each time, up to a day."""
    mfa: Mfa = Mfa()
    """Who signs in with a second factor."""
    step_up: Annotated[Duration, Field(ge=60, le=43200)] = 600.0
    """How long after a sign-in, or another proof, a session may do what is dangerous."""
    lease: Annotated[Duration, Field(ge=0.02, le=1)] = 0.1
    """How long a gateway may let a busy caller read on one answer; then sign-out is seen."""


class Encryption(Entity):
    """What is encrypted, and how."""

    at_rest: Literal["AES-256"] = "AES-256"
    """How disks and buckets are encrypted."""
    in_transit: bool = True
    """Whether all connections use TLS."""
    kms: bool = True
    """Whether the keys are the account's own."""


class Security(Entity):
    """The platform's protection."""

    encryption: Encryption = Encryption()
    """What is encrypted, and how."""
    pod_security: Literal["restricted", "baseline"] = "restricted"
    """The Kubernetes Pod Security Standard that is enforced."""
    image_scanning: bool = True
    """Whether images are searched for known faults."""
    audit: bool = True
    """Whether it is recorded who changed what."""
    secret_recovery: bool = True
    """Whether a deleted secret can be called back for 30 days, in which its name is taken."""
    guards: Guards = Guards()
    """What watches the whole account."""


class Metrics(Entity):
    """Numbers over time."""

    retention: Duration = 2678400.0
    """How long they are kept; no shorter than objectives last, 30 days, where there are any."""
    interval: Annotated[Duration, Field(ge=1, le=60)] = 30.0
    """How often they are collected."""


class Traces(Entity):
    """Ways of single requests."""

    retention: Duration = 604800.0
    """How long they are kept."""
    sampling: Share = 0.1
    """The share of requests that is traced; failed and slow ones are kept beside it."""
    slow: Annotated[Duration, Field(ge=0.01, le=60)] = 1.0
    """How long a request takes that is kept although it was not sampled."""


class Logs(Entity):
    """Lines that the services write."""

    retention: Duration = 2592000.0
    """How long they are kept."""


class LocalStore(Entity):
    """What a run on one machine keeps of its own signals; the oldest goes first."""

    size: Annotated[Size, Field(ge=1 << 24)] = float(1 << 30)
    """How much room they may take on disk."""
    keep: Annotated[Duration, Field(ge=600)] = 259200.0
    """How long they are kept."""
    scale: Annotated[int, Field(ge=1, le=100)] = 1
    """By how much the times of alerts are divided, to rehearse in minutes what takes hours."""


class Observability(Entity):
    """Which signals are kept, and how long."""

    metrics: Metrics = Metrics()
    """Numbers over time."""
    traces: Traces = Traces()
    """Ways of single requests."""
    logs: Logs = Logs()
    """Lines that the services write."""
    local: LocalStore = LocalStore()
    """What a run on one machine keeps."""
    dashboards: bool = True
    """Whether dashboards are made."""
    alarms: Annotated[tuple[Email, ...], Field(strict=False)] = ()
    """Who is written to when AWS raises an alarm."""


class Latency(Entity):
    """Times that answers may take; a share of them, or on average."""

    p95: Duration | None = None
    """The time within which 95 of 100 answers come."""
    average: Duration | None = None
    """The time that an answer takes on average."""


class ApiObjective(Entity):
    """What the API promises."""

    latency: Latency = Latency(p95=0.2)
    """How fast it answers."""
    throughput: Rate = 10000 / 60
    """How much it answers."""
    availability: Share = 0.999
    """The share of requests that are answered well, over 30 days."""


class PageObjective(Entity):
    """What the console promises."""

    load: Duration = 2.0
    """The time until a page can be used."""


class DatabaseObjective(Entity):
    """What the database promises."""

    latency: Latency = Latency(average=0.1)
    """How fast queries are."""
    connections: Positive = 100
    """Connections at the same time."""


class CacheObjective(Entity):
    """What the cache promises."""

    latency: Latency = Latency(average=0.01)
    """How fast it answers."""
    operations: Rate = 50000.0
    """How much it answers."""


class UploadObjective(Entity):
    """What uploads promise."""

    throughput: Bandwidth = 1e8
    """How much all uploads together may bring."""


class Utilization(Entity):
    """How full machines should be."""

    cpu: ShareRange = (0.6, 0.7)
    """Average use of CPU."""
    memory: ShareRange = (0.7, 0.8)
    """Average use of memory."""
    network: Bandwidth = 125e6
    """Traffic that is sustained."""


class Recovery(Entity):
    """How long the platform may be away, and how much may be lost."""

    rto: Duration = 3600.0
    """The longest that the platform may be away after a disaster."""
    rpo: Duration = 300.0
    """The longest time of which writes may be lost in a disaster."""


class Objectives(Entity):
    """What the platform promises its users; load tests, alerts and drills read it."""

    api: ApiObjective = ApiObjective()
    """What the API promises."""
    page: PageObjective = PageObjective()
    """What the console promises."""
    database: DatabaseObjective = DatabaseObjective()
    """What the database promises."""
    cache: CacheObjective = CacheObjective()
    """What the cache promises."""
    uploads: UploadObjective = UploadObjective()
    """What uploads promise."""
    utilization: Utilization = Utilization()
    """How full machines should be."""
    recovery: Recovery = Recovery()
    """How a disaster ends."""
    slos: dict[Name, Slo] = Field(default_factory=dict)
    """What is promised over 30 days, by name; alerts tell when a promise is at risk."""
    signals: dict[Name, Signals] = Field(default_factory=dict)
    """What each service and store tells about itself; logs alone where nothing is said."""
    faults: Faults = Faults()
    """What must be noticed, and by which alerts."""


TagKey = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9 +=._:/@-]{1,128}$")]
TagValue = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9 +=._:/@-]{0,256}$")]


class Cost(Entity):
    """What the platform may cost, in US dollars a month, and how the bill is told apart."""

    budget: Positive = 500
    """US dollars a month."""
    tags: Annotated[dict[TagKey, TagValue], Field(max_length=40)] = Field(default_factory=dict)
    """Put on everything in the cloud, so that the bill can be told apart."""
