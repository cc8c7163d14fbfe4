"""Prices that are the same in the regions of the table."""

from datetime import date
from typing import Final

from groundplan.cost.price import Group, Rate

AS_OF: Final = date(2026, 11, 22)
"""The day on which the table was written."""

_EKS = Group(
    "https://aws.amazon.com/eks/pricing/",
    date(2026, 6, 13),
    "factualminds.com, Amazon EKS pricing, 2026-06-13; AWS containers blog on extended support",
)
_ADDRESS = Group(
    "https://aws.amazon.com/vpc/pricing/",
    date(2026, 7, 31),
    "a published bill of eu-west-1, July 2026: 1,783 address hours for 8.91",
)
_TRANSFER = Group(
    "https://aws.amazon.com/ec2/pricing/on-demand/",
    AS_OF,
    "infracost, data_transfer_test.golden, undated: 10,240 GB out for 921.60, 2,000 GB in 20.00",
)
_KEY = Group(
    "https://aws.amazon.com/kms/pricing/", AS_OF, "infracost, kms_key_test.golden, undated"
)
_SECRET = Group(
    "https://aws.amazon.com/secrets-manager/pricing/",
    AS_OF,
    "infracost output of a published eu-west-1 stack, undated: 0.40 a secret",
)
_WAF = Group(
    "https://aws.amazon.com/waf/pricing/",
    date(2026, 6, 18),
    "c3x.dev, AWS WAF cost explained, 2026; awsnegotiations.com, 2026: 5, 1 and 0.60",
)
_ZONE = Group(
    "https://aws.amazon.com/route53/pricing/",
    AS_OF,
    "infracost output of a published eu-central-1 stack, undated: 0.50 a zone, 0.40 a million",
)
_REPOSITORY = Group(
    "https://aws.amazon.com/ecr/pricing/", AS_OF, "infracost, ecr_repository_test.golden, undated"
)
_CONFIG = Group(
    "https://aws.amazon.com/config/pricing/",
    AS_OF,
    "infracost, config_configuration_recorder_test.golden, undated: 0.003 an item",
)
_VPN = Group(
    "https://aws.amazon.com/vpn/pricing/",
    AS_OF,
    "infracost, ec2_client_vpn_network_association_test.golden, and output of a published "
    "eu-central-1 stack, undated: 73.00 and 36.50 for 730 hours",
)
_BALANCER = Group(
    "https://aws.amazon.com/elasticloadbalancing/pricing/",
    AS_OF,
    "infracost, lb_test.golden, and output of a published eu-central-1 stack, undated",
)
_ENDPOINT = Group(
    "https://aws.amazon.com/privatelink/pricing/", AS_OF, "the page itself: first PB at 0.01"
)
_WATCH = Group(
    "https://aws.amazon.com/cloudwatch/pricing/",
    AS_OF,
    "infracost, cloudwatch_metric_alarm_test.golden, undated: 0.10 an alarm",
)
_MONITORING = Group(
    "https://aws.amazon.com/cloudwatch/pricing/",
    AS_OF,
    "infracost output of a published eu-central-1 stack, undated: 14 metrics of 2 machines, 4.20",
)
_LOGIN = Group("https://aws.amazon.com/guardduty/pricing/", AS_OF)
_TRAIL = Group(
    "https://aws.amazon.com/cloudtrail/pricing/",
    AS_OF,
    "infracost, cloudtrail_test.golden, undated: 2.00 for 100,000 events of further copies",
)
_HUB = Group(
    "https://aws.amazon.com/security-hub/pricing/",
    AS_OF,
    "a cost guide of AWS's security team in China, undated: first 100,000 checks at 0.0010",
)

RATES: Final = {
    Rate.EKS: _EKS.price(0.10, "hour"),
    Rate.EKS_EXTENDED: _EKS.price(0.60, "hour"),
    Rate.ADDRESS: _ADDRESS.price(0.005, "hour"),
    Rate.TRANSFER_OUT: _TRANSFER.price(0.09, "GB"),
    Rate.TRANSFER_ZONE: _TRANSFER.price(0.01, "GB and direction"),
    Rate.KEY: _KEY.price(1.0, "month"),
    Rate.SECRET: _SECRET.price(0.40, "month"),
    Rate.WEB_ACL: _WAF.price(5.0, "month"),
    Rate.WEB_RULE: _WAF.price(1.0, "month"),
    Rate.WEB_REQUEST: _WAF.price(0.60, "million requests"),
    Rate.ZONE: _ZONE.price(0.50, "month"),
    Rate.ZONE_QUERY: _ZONE.price(0.40, "million queries"),
    Rate.REPOSITORY: _REPOSITORY.price(0.10, "GB-month"),
    Rate.CONFIG_ITEM: _CONFIG.price(0.003, "item"),
    Rate.VPN_ASSOCIATION: _VPN.price(0.10, "hour"),
    Rate.VPN_CONNECTION: _VPN.price(0.05, "hour"),
    Rate.BALANCER_UNIT: _BALANCER.price(0.008, "LCU-hour"),
    Rate.ENDPOINT_DATA: _ENDPOINT.price(0.01, "GB"),
    Rate.MONITORING: _MONITORING.price(2.10, "machine-month"),
    Rate.ALARM: _WATCH.price(0.10, "alarm-month"),
    Rate.TRAIL: _TRAIL.price(20.0, "million events"),
    Rate.DUTY_LOGIN: _LOGIN.price(1.0, "vCPU-month"),
    Rate.HUB_CHECK: _HUB.price(0.001, "check"),
}
