"""Prices of us-east-1 (N. Virginia)."""

from datetime import date
from typing import Final

from groundplan.cost.price import Group, Rate, Sheet
from groundplan.cost.prices import sizes, worldwide
from groundplan.cost.prices.worldwide import AS_OF

_MACHINES = Group(
    "https://aws.amazon.com/ec2/pricing/on-demand/",
    date(2026, 1, 19),
    "karpenter-provider-aws, zz_generated.pricing_aws.go, from the AWS Price List on 2026-01-19",
)
_RDS = "https://aws.amazon.com/rds/postgresql/pricing/"
_DATABASES = Group(
    _RDS,
    date(2026, 8, 10),
    "AWS Price List of 2026-08-10 (db.t3.micro); infracost output, undated (db.t3.medium and "
    "large; small and xlarge in proportion); infratally.com, 2026 (db.t4g)",
)
_MORE_DATABASES = Group(_RDS, AS_OF)
_RDS_STORAGE = Group(
    _RDS,
    date(2026, 6, 1),
    "usage.ai, RDS pricing calculator, June 2026; infracost, db_instance_test.golden",
)
_PROXY = Group("https://aws.amazon.com/rds/proxy/pricing/", AS_OF)
_PRICE_LIST = "AWS Price List of 2026-08-10, checked against the page in a public repository"
_VOLUMES = Group("https://aws.amazon.com/ebs/pricing/", date(2026, 8, 10), _PRICE_LIST)
_SNAPSHOTS = Group(
    "https://aws.amazon.com/ebs/pricing/", date(2026, 5, 1), "AWS Price List API on 2026-05-01"
)
_NETWORK = Group("https://aws.amazon.com/vpc/pricing/", date(2026, 8, 10), _PRICE_LIST)
_ENDPOINT = Group(
    "https://aws.amazon.com/privatelink/pricing/",
    AS_OF,
    "infracost, vpc_endpoint_test.golden, undated",
)
_BALANCER = Group(
    "https://aws.amazon.com/elasticloadbalancing/pricing/", date(2026, 8, 10), _PRICE_LIST
)
_BUCKETS = Group("https://aws.amazon.com/s3/pricing/", date(2026, 8, 10), _PRICE_LIST)
_INFREQUENT = Group(
    "https://aws.amazon.com/s3/pricing/",
    AS_OF,
    "infracost, s3_bucket_test.golden, undated: 30,000 GB for 375.00",
)
_COLD = Group("https://aws.amazon.com/s3/pricing/", AS_OF)
_LOGS = Group(
    "https://aws.amazon.com/cloudwatch/pricing/",
    date(2026, 6, 1),
    "c3x.dev, CloudWatch Logs cost optimization, June 2026; infracost golden file",
)
_DUTY = Group(
    "https://aws.amazon.com/guardduty/pricing/",
    date(2026, 6, 13),
    "factualminds.com, GuardDuty pricing, 2026-06-13",
)
_AUDIT = Group("https://aws.amazon.com/guardduty/pricing/", AS_OF)

_T3 = {"micro": 0.018, "small": 0.036, "medium": 0.072, "large": 0.145, "xlarge": 0.29}
_T4G = {"micro": 0.016, "small": 0.032, "medium": 0.065}
_LARGER_T4G = {"large": 0.129, "xlarge": 0.258}
_LARGE = {"db.m5": 0.178, "db.m6i": 0.178, "db.m6g": 0.159, "db.m7g": 0.168, "db.r5": 0.25}

SHEET: Final = Sheet(
    region="us-east-1",
    machines={
        **_MACHINES.families({"t3": 0.0832, "t3a": 0.0752, "t4g": 0.0672}, sizes.BURSTABLE),
        **_MACHINES.families(
            {"m5": 0.096, "m5a": 0.086, "m6a": 0.0864, "m6i": 0.096, "m7i": 0.1008},
            sizes.STANDARD,
        ),
        **_MACHINES.families({"m6g": 0.077, "m7g": 0.0816, "m8g": 0.08976}, sizes.STANDARD),
        **_MACHINES.families({"c6i": 0.085, "c6g": 0.068, "c7g": 0.0725}, sizes.STANDARD),
        **_MACHINES.families({"r5": 0.126, "r6i": 0.126, "r6g": 0.1008}, sizes.STANDARD),
    },
    databases={
        **_DATABASES.hourly({f"db.t3.{size}": usd for size, usd in _T3.items()}),
        **_DATABASES.hourly({f"db.t4g.{size}": usd for size, usd in _T4G.items()}),
        **_MORE_DATABASES.hourly({f"db.t4g.{size}": usd for size, usd in _LARGER_T4G.items()}),
        **_MORE_DATABASES.families(_LARGE, sizes.STANDARD),
    },
    rates={
        **worldwide.RATES,
        Rate.VOLUME: _VOLUMES.price(0.08, "GB-month"),
        Rate.SNAPSHOT: _SNAPSHOTS.price(0.05, "GB-month"),
        Rate.DATABASE_STORAGE: _RDS_STORAGE.price(0.115, "GB-month"),
        Rate.DATABASE_BACKUP: _RDS_STORAGE.price(0.095, "GB-month"),
        Rate.DATABASE_EXTENDED: _RDS_STORAGE.price(0.10, "vCPU-hour"),
        Rate.DATABASE_PROXY: _PROXY.price(0.015, "vCPU-hour"),
        Rate.NAT_HOUR: _NETWORK.price(0.045, "hour"),
        Rate.NAT_DATA: _NETWORK.price(0.045, "GB"),
        Rate.ENDPOINT_HOUR: _ENDPOINT.price(0.01, "hour"),
        Rate.BALANCER_HOUR: _BALANCER.price(0.0225, "hour"),
        Rate.BUCKET: _BUCKETS.price(0.023, "GB-month"),
        Rate.BUCKET_INFREQUENT: _INFREQUENT.price(0.0125, "GB-month"),
        Rate.BUCKET_COLD: _COLD.price(0.004, "GB-month"),
        Rate.LOG_INGESTION: _LOGS.price(0.50, "GB"),
        Rate.LOG_STORAGE: _LOGS.price(0.03, "GB-month"),
        Rate.DUTY_EVENT: _DUTY.price(4.0, "million events"),
        Rate.DUTY_LOG: _DUTY.price(1.0, "GB"),
        Rate.DUTY_AUDIT: _AUDIT.price(1.60, "million events"),
    },
)
