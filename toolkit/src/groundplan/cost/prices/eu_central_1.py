"""Prices of eu-central-1 (Frankfurt)."""

from datetime import date
from typing import Final

from groundplan.cost.price import Group, Rate, Sheet
from groundplan.cost.prices import sizes, worldwide
from groundplan.cost.prices.worldwide import AS_OF

_EC2 = "https://aws.amazon.com/ec2/pricing/on-demand/"
_STACK = "infracost output of published stacks, undated"
_MACHINES = Group(
    _EC2, AS_OF, f"{_STACK}: t3.medium, t3.xlarge; a published price list: t4g.small"
)
_MORE_MACHINES = Group(_EC2, AS_OF)
_RDS = "https://aws.amazon.com/rds/postgresql/pricing/"
_DATABASES = Group(
    _RDS,
    date(2026, 8, 10),
    "AWS Price List of 2026-08-10, SKU VJNEKAFRR6K9PXWQ (db.t3.micro); a published bill "
    "(720 hours of db.t4g.micro for 13.68)",
)
_MORE_DATABASES = Group(_RDS, AS_OF)
_RDS_STORAGE = Group(_RDS, AS_OF, "a published bill, undated: 20 GB of EUC1-RDS:GP3-Storage, 2.74")
_BACKUP = Group(_RDS, AS_OF)
_PROXY = Group("https://aws.amazon.com/rds/proxy/pricing/", AS_OF)
_VOLUMES = Group(
    "https://aws.amazon.com/ebs/pricing/", AS_OF, "price list rows in public repositories, undated"
)
_SNAPSHOTS = Group("https://aws.amazon.com/ebs/pricing/", AS_OF, _STACK)
_NETWORK = Group("https://aws.amazon.com/vpc/pricing/", AS_OF, _STACK)
_ENDPOINT = Group(
    "https://aws.amazon.com/privatelink/pricing/",
    date(2026, 9, 22),
    "a price card of September 2026 in a public repository: EUC1-VpcEndpoint-Hours",
)
_BALANCER = Group("https://aws.amazon.com/elasticloadbalancing/pricing/", AS_OF, _STACK)
_BUCKETS = Group("https://aws.amazon.com/s3/pricing/", AS_OF, _STACK)
_COLD = Group("https://aws.amazon.com/s3/pricing/", AS_OF)
_LOGS = Group("https://aws.amazon.com/cloudwatch/pricing/", AS_OF, _STACK)
_DUTY = Group("https://aws.amazon.com/guardduty/pricing/", AS_OF)

_T3 = {"small": 0.042, "medium": 0.085, "large": 0.17}
_T4G = {"small": 0.038, "medium": 0.077, "large": 0.154}

SHEET: Final = Sheet(
    region="eu-central-1",
    machines={
        **_MACHINES.families({"t3": 0.096, "t4g": 0.0768}, sizes.BURSTABLE),
        **_MORE_MACHINES.families({"t3a": 0.0864}, sizes.BURSTABLE),
        **_MORE_MACHINES.families(
            {"m5": 0.115, "m6i": 0.115, "m6g": 0.092, "r5": 0.152}, sizes.STANDARD
        ),
    },
    databases={
        **_DATABASES.hourly({"db.t3.micro": 0.021, "db.t4g.micro": 0.019}),
        **_MORE_DATABASES.hourly({f"db.t3.{size}": usd for size, usd in _T3.items()}),
        **_MORE_DATABASES.hourly({f"db.t4g.{size}": usd for size, usd in _T4G.items()}),
    },
    rates={
        **worldwide.RATES,
        Rate.VOLUME: _VOLUMES.price(0.0952, "GB-month"),
        Rate.SNAPSHOT: _SNAPSHOTS.price(0.054, "GB-month"),
        Rate.DATABASE_STORAGE: _RDS_STORAGE.price(0.137, "GB-month"),
        Rate.DATABASE_BACKUP: _BACKUP.price(0.103, "GB-month"),
        Rate.DATABASE_EXTENDED: _BACKUP.price(0.12, "vCPU-hour"),
        Rate.DATABASE_PROXY: _PROXY.price(0.018, "vCPU-hour"),
        Rate.NAT_HOUR: _NETWORK.price(0.052, "hour"),
        Rate.NAT_DATA: _NETWORK.price(0.052, "GB"),
        Rate.ENDPOINT_HOUR: _ENDPOINT.price(0.012, "hour"),
        Rate.BALANCER_HOUR: _BALANCER.price(0.027, "hour"),
        Rate.BUCKET: _BUCKETS.price(0.0245, "GB-month"),
        Rate.BUCKET_INFREQUENT: _COLD.price(0.0135, "GB-month"),
        Rate.BUCKET_COLD: _COLD.price(0.005, "GB-month"),
        Rate.LOG_INGESTION: _LOGS.price(0.63, "GB"),
        Rate.LOG_STORAGE: _LOGS.price(0.0324, "GB-month"),
        Rate.DUTY_EVENT: _DUTY.price(4.60, "million events"),
        Rate.DUTY_LOG: _DUTY.price(1.15, "GB"),
        Rate.DUTY_AUDIT: _DUTY.price(1.84, "million events"),
    },
)
