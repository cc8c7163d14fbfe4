"""What is switched on for the account has what it needs."""

from collections.abc import Iterator
from typing import Final

from groundplan.loader.code import Code
from groundplan.loader.finding import Finding
from groundplan.loader.rules.rule import Rule
from groundplan.model.cluster import Endpoint
from groundplan.model.platform import Platform


def zone_is_known(platform: Platform) -> Iterator[Finding]:
    """A hosted zone is made or named."""
    if not platform.edge.create_zone and platform.edge.zone_id is None:
        wrong = "must be given, because edge.createZone is false"
        hint = "aws route53 list-hosted-zones tells it"
        also = (("edge", "createZone"),)
        yield Finding(("edge", "zoneId"), wrong, Code.MISSING, hint, also=also)


def vpn_has_certificates(platform: Platform) -> Iterator[Finding]:
    """A way in by VPN has both of its certificates."""
    vpn = platform.network.vpn
    if vpn is None or not vpn.enabled:
        return
    for key, value in (
        ("serverCertificate", vpn.server_certificate),
        ("clientCertificate", vpn.client_certificate),
    ):
        if value is None:
            wrong = "must be given, because network.vpn.enabled is true"
            hint = "import the certificate into ACM and write its ARN"
            yield Finding(("network", "vpn", key), wrong, Code.MISSING, hint)


def public_endpoint_is_bounded(platform: Platform) -> Iterator[Finding]:
    """A Kubernetes API on the internet answers named networks only."""
    cluster = platform.cluster
    if cluster.endpoint is Endpoint.PUBLIC and not cluster.public_access:
        wrong = "must name a network at least, because cluster.endpoint is public"
        hint = "write the addresses of your offices, such as [203.0.113.0/24]"
        also = (("cluster", "endpoint"),)
        yield Finding(("cluster", "publicAccess"), wrong, Code.MISSING, hint, also=also)


RULES: Final = (
    Rule(zone_is_known, ("edge",)),
    Rule(vpn_has_certificates, ("network",), in_cloud=True),
    Rule(public_endpoint_is_bounded, ("cluster",)),
)
