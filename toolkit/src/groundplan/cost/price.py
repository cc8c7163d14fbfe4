"""A price with where it comes from, and the sheet of one region's prices."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from groundplan.errors import UsageError


class Rate(StrEnum):
    """What is charged for besides machines and databases, and in which unit."""

    EKS = "EKS control plane"
    EKS_EXTENDED = "EKS control plane in extended support"
    VOLUME = "EBS gp3 volume"
    SNAPSHOT = "EBS snapshot"
    MONITORING = "EC2 detailed monitoring"
    DATABASE_STORAGE = "RDS gp3 storage"
    DATABASE_BACKUP = "RDS backup storage"
    DATABASE_EXTENDED = "RDS extended support"
    DATABASE_PROXY = "RDS proxy"
    NAT_HOUR = "NAT gateway"
    NAT_DATA = "NAT gateway data"
    ADDRESS = "public IPv4 address"
    ENDPOINT_HOUR = "interface endpoint"
    ENDPOINT_DATA = "interface endpoint data"
    BALANCER_HOUR = "application load balancer"
    BALANCER_UNIT = "load balancer capacity unit"
    TRANSFER_OUT = "data transfer to the internet"
    TRANSFER_ZONE = "data transfer between zones"
    VPN_ASSOCIATION = "client VPN association"
    VPN_CONNECTION = "client VPN connection"
    BUCKET = "S3 Standard storage"
    BUCKET_INFREQUENT = "S3 Standard-IA storage"
    BUCKET_COLD = "S3 Glacier Instant Retrieval storage"
    REPOSITORY = "ECR storage"
    KEY = "KMS key"
    SECRET = "Secrets Manager secret"  # noqa: S105 - the name of a service
    LOG_INGESTION = "CloudWatch Logs ingestion"
    LOG_STORAGE = "CloudWatch Logs storage"
    ALARM = "CloudWatch alarm"
    WEB_ACL = "WAF web ACL"
    WEB_RULE = "WAF rule"
    WEB_REQUEST = "WAF requests"
    ZONE = "Route 53 hosted zone"
    ZONE_QUERY = "Route 53 queries"
    TRAIL = "CloudTrail events of a second trail"
    DUTY_EVENT = "GuardDuty CloudTrail events"
    DUTY_LOG = "GuardDuty flow and DNS logs"
    DUTY_AUDIT = "GuardDuty EKS audit logs"
    DUTY_LOGIN = "GuardDuty database logins"
    CONFIG_ITEM = "Config items"
    HUB_CHECK = "Security Hub checks"


@dataclass(frozen=True, slots=True)
class Price:
    """US dollars for one unit, on demand, before taxes and discounts."""

    usd: float
    unit: str
    """What one is: hour, GB-month, million requests."""
    page: str
    """The page of AWS that lists it."""
    as_of: date
    """The day that the evidence states; where it states none, the day the table was written."""
    evidence: str = ""
    """Where it was read beside the page; empty when nothing confirmed it."""

    @property
    def confirmed(self) -> bool:
        """Say whether something confirmed it."""
        return bool(self.evidence)


@dataclass(frozen=True, slots=True)
class Group:
    """Prices that one page lists and one piece of evidence confirms."""

    page: str
    as_of: date
    evidence: str = ""

    def price(self, usd: float, unit: str) -> Price:
        """Return one price of the group."""
        return Price(usd, unit, self.page, self.as_of, self.evidence)

    def hourly(self, prices: Mapping[str, float]) -> dict[str, Price]:
        """Return prices of one hour by name."""
        return {name: self.price(usd, "hour") for name, usd in prices.items()}

    def families(self, large: Mapping[str, float], sizes: Mapping[str, float]) -> dict[str, Price]:
        """Return hours of every size of families, which cost in proportion to `large`."""
        return self.hourly(
            {
                f"{family}.{size}": round(usd * factor, 6)
                for family, usd in large.items()
                for size, factor in sizes.items()
            }
        )


@dataclass(frozen=True, slots=True)
class Sheet:
    """The prices of one region."""

    region: str
    machines: Mapping[str, Price]
    """Linux hours by instance type."""
    databases: Mapping[str, Price]
    """Hours of RDS for PostgreSQL in one zone, by instance class."""
    rates: Mapping[Rate, Price]

    def machine(self, instance_type: str, place: str) -> Price:
        """Return an hour's price of an instance type that is written at a place of the file.

        Raises:
            UsageError: no price is known.
        """
        return _find(self.machines, instance_type, f"{place}: instance type", self.region)

    def database(self, instance_class: str, place: str) -> Price:
        """Return an hour's price of an instance class that is written at a place of the file.

        Raises:
            UsageError: no price is known.
        """
        return _find(self.databases, instance_class, f"{place}: instance class", self.region)


def _find(prices: Mapping[str, Price], name: str, what: str, region: str) -> Price:
    if found := prices.get(name):
        return found
    message = f"{what} {name} has no price for {region} in the table"
    raise UsageError(message, hint=f"known are {listed(prices)}")


def listed(names: Iterable[str]) -> str:
    """Write names in one line, families that have the same sizes together."""
    sizes: dict[str, list[str]] = {}
    for name in names:
        family, _, size = name.rpartition(".")
        sizes.setdefault(family, []).append(size)
    families: dict[tuple[str, ...], list[str]] = {}
    for family, found in sizes.items():
        families.setdefault(tuple(found), []).append(family)
    return "; ".join(_joined(group, found) for found, group in families.items())


def _joined(families: list[str], sizes: tuple[str, ...]) -> str:
    known = ", ".join(sizes)
    return f"{', '.join(families)} in {known}" if families != [""] else known
