"""Prices of eu-west-1 (Ireland)."""

from datetime import date
from typing import Final

from groundplan.cost.price import Group, Rate, Sheet
from groundplan.cost.prices import sizes, worldwide
from groundplan.cost.prices.worldwide import AS_OF

_EC2 = "https://aws.amazon.com/ec2/pricing/on-demand/"
_MACHINES = Group(
    _EC2,
    date(2026, 8, 10),
    "AWS Price List of 2026-08-10 (m5.large); descriptions of bills (t3.large, t3.xlarge); "
    "infracost output of a published stack (t4g.small)",
)
_MORE_MACHINES = Group(_EC2, AS_OF)
_RDS = "https://aws.amazon.com/rds/postgresql/pricing/"
_DATABASES = Group(
    _RDS,
    date(2026, 7, 31),
    "published bills, July 2026 and undated: 593 hours of db.t4g.micro for 10.09, 4,316 of small "
    "for 151.06, 1,914 of medium for 132.06",
)
_MORE_DATABASES = Group(_RDS, AS_OF)
_RDS_STORAGE = Group(
    _RDS, date(2026, 7, 31), "a published bill, July 2026: 20 GB of gp3 for 2.54; infracost output"
)
_EXTENDED = Group(_RDS, AS_OF)
_PROXY = Group("https://aws.amazon.com/rds/proxy/pricing/", AS_OF)
_VOLUMES = Group(
    "https://aws.amazon.com/ebs/pricing/",
    date(2026, 3, 1),
    "price list rows in a public repository, effective 2026-03-01: EU-EBS:VolumeUsage.gp3",
)
_SNAPSHOTS = Group(
    "https://aws.amazon.com/ebs/pricing/", date(2026, 5, 1), "AWS Price List API on 2026-05-01"
)
_NETWORK = Group(
    "https://aws.amazon.com/vpc/pricing/",
    date(2026, 9, 25),
    "AWS Price List offer of 2026-09-25 in a public repository: EU-NatGateway-Hours and -Bytes",
)
_ENDPOINT = Group(
    "https://aws.amazon.com/privatelink/pricing/",
    AS_OF,
    "a published bill, undated: 3,840 hours of EU-VpcEndpoint-Hours for 42.24",
)
_BALANCER = Group(
    "https://aws.amazon.com/elasticloadbalancing/pricing/",
    date(2026, 7, 31),
    "a published bill, July 2026: 595 hours of EU-LoadBalancerUsage for 15.00",
)
_BUCKETS = Group(
    "https://aws.amazon.com/s3/pricing/", AS_OF, "infracost output of a published stack, undated"
)
_COLD = Group("https://aws.amazon.com/s3/pricing/", AS_OF)
_LOGS = Group(
    "https://aws.amazon.com/cloudwatch/pricing/",
    date(2026, 3, 1),
    "AWS Price List, effective 2026-03-01, SKU KJBTQPDHW2H92B8Y; infracost output (storage)",
)
_DUTY = Group("https://aws.amazon.com/guardduty/pricing/", AS_OF)

_T3 = {"micro": 0.02, "small": 0.039, "medium": 0.079, "large": 0.157}
_T4G = {"micro": 0.017, "small": 0.035, "medium": 0.069}

SHEET: Final = Sheet(
    region="eu-west-1",
    machines={
        **_MACHINES.families({"t3": 0.0912, "t4g": 0.0736}, sizes.BURSTABLE),
        **_MORE_MACHINES.families({"t3a": 0.0816}, sizes.BURSTABLE),
        **_MACHINES.families({"m5": 0.107}, sizes.STANDARD),
        **_MORE_MACHINES.families({"m6i": 0.107, "m6g": 0.086, "r5": 0.141}, sizes.STANDARD),
    },
    databases={
        **_MORE_DATABASES.hourly({f"db.t3.{size}": usd for size, usd in _T3.items()}),
        **_DATABASES.hourly({f"db.t4g.{size}": usd for size, usd in _T4G.items()}),
        **_MORE_DATABASES.hourly({"db.t4g.large": 0.138}),
    },
    rates={
        **worldwide.RATES,
        Rate.VOLUME: _VOLUMES.price(0.088, "GB-month"),
        Rate.SNAPSHOT: _SNAPSHOTS.price(0.05, "GB-month"),
        Rate.DATABASE_STORAGE: _RDS_STORAGE.price(0.127, "GB-month"),
        Rate.DATABASE_BACKUP: _RDS_STORAGE.price(0.095, "GB-month"),
        Rate.DATABASE_EXTENDED: _EXTENDED.price(0.112, "vCPU-hour"),
        Rate.DATABASE_PROXY: _PROXY.price(0.018, "vCPU-hour"),
        Rate.NAT_HOUR: _NETWORK.price(0.048, "hour"),
        Rate.NAT_DATA: _NETWORK.price(0.048, "GB"),
        Rate.ENDPOINT_HOUR: _ENDPOINT.price(0.011, "hour"),
        Rate.BALANCER_HOUR: _BALANCER.price(0.0252, "hour"),
        Rate.BUCKET: _BUCKETS.price(0.023, "GB-month"),
        Rate.BUCKET_INFREQUENT: _COLD.price(0.0125, "GB-month"),
        Rate.BUCKET_COLD: _COLD.price(0.004, "GB-month"),
        Rate.LOG_INGESTION: _LOGS.price(0.57, "GB"),
        Rate.LOG_STORAGE: _LOGS.price(0.03, "GB-month"),
        Rate.DUTY_EVENT: _DUTY.price(4.40, "million events"),
        Rate.DUTY_LOG: _DUTY.price(1.10, "GB"),
        Rate.DUTY_AUDIT: _DUTY.price(1.76, "million events"),
    },
)
