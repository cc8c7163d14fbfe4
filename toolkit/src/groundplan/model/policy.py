"""What holds for the whole platform: identity, security, signals, objectives, cost."""

from typing import Annotated, Literal

from pydantic import Field

from groundplan.model.entity import Entity, Positive, Text
from groundplan.model.quantity import Bandwidth, Duration, Rate, Share, ShareRange


class Identity(Entity):
    """How long a sign-in lasts and when an account is locked."""

    access_token: Annotated[Duration, Field(le=900)] = 300.0
    refresh_token: Duration = 28800.0
    idle: Duration = 1800.0
    key_rotation: Duration = 2592000.0
    lock_after: Annotated[int, Field(ge=3, le=100)] = 10
    lock_for: Duration = 1800.0


class Encryption(Entity):
    """What is encrypted, and how."""

    at_rest: Literal["AES-256"] = "AES-256"
    in_transit: bool = True
    kms: bool = True


class Security(Entity):
    """The platform's protection."""

    encryption: Encryption = Encryption()
    pod_security: Literal["restricted", "baseline"] = "restricted"
    image_scanning: bool = True
    audit: bool = True


class Metrics(Entity):
    """Numbers over time."""

    retention: Duration = 1296000.0
    interval: Duration = 30.0


class Traces(Entity):
    """Ways of single requests."""

    retention: Duration = 604800.0
    sampling: Share = 0.1


class Logs(Entity):
    """Lines that the services write."""

    retention: Duration = 2592000.0


class Observability(Entity):
    """Which signals are kept, and how long."""

    metrics: Metrics = Metrics()
    traces: Traces = Traces()
    logs: Logs = Logs()
    dashboards: bool = True


class Latency(Entity):
    """Times that answers may take; a share of them, or on average."""

    p95: Duration | None = None
    average: Duration | None = None


class ApiObjective(Entity):
    """What the API promises."""

    latency: Latency = Latency(p95=0.2)
    throughput: Rate = 10000 / 60
    availability: Share = 0.999


class PageObjective(Entity):
    """What the console promises."""

    load: Duration = 2.0


class DatabaseObjective(Entity):
    """What the database promises."""

    latency: Latency = Latency(average=0.1)
    connections: Positive = 100


class CacheObjective(Entity):
    """What the cache promises."""

    latency: Latency = Latency(average=0.01)
    operations: Rate = 50000.0


class UploadObjective(Entity):
    """What uploads promise."""

    throughput: Bandwidth = 1e8


class Utilization(Entity):
    """How full machines should be."""

    cpu: ShareRange = (0.6, 0.7)
    memory: ShareRange = (0.7, 0.8)
    network: Bandwidth = 125e6


class Recovery(Entity):
    """How long the platform may be away, and how much may be lost."""

    rto: Duration = 3600.0
    rpo: Duration = 300.0


class Objectives(Entity):
    """What the platform promises its users; load tests, alerts and drills read it."""

    api: ApiObjective = ApiObjective()
    page: PageObjective = PageObjective()
    database: DatabaseObjective = DatabaseObjective()
    cache: CacheObjective = CacheObjective()
    uploads: UploadObjective = UploadObjective()
    utilization: Utilization = Utilization()
    recovery: Recovery = Recovery()


class Cost(Entity):
    """What the platform may cost, in US dollars a month, and how the bill is told apart."""

    budget: Positive = 500
    tags: dict[str, Text] = Field(default_factory=dict)
