"""The name under which a service is called, and the account under which it runs."""

from typing import Final

from lightkube.models.core_v1 import ServicePort, ServiceSpec
from lightkube.resources.core_v1 import Service, ServiceAccount

from groundplan.model.placement import Placement
from groundplan.model.platform import Platform
from groundplan.model.service import Kind
from groundplan.targets.kubernetes import label
from groundplan.targets.kubernetes.workload import port_name

HEADLESS: Final = "None"
_ONE_ADDRESS: Final = (Kind.STATIC, Kind.GATEWAY)
"""Called by what looks a name up once: nginx and the load balancer. Envoy calls the others; it
looks them up all the time, and must see each pod to pass over the ones that fail."""


def service(platform: Platform, placement: Placement, name: str) -> Service:
    """Return the name of a service: one address for all pods, or the addresses of each."""
    one = platform.services[name].kind in _ONE_ADDRESS
    port = port_name(placement)
    return Service(
        metadata=label.metadata(platform, placement, name),
        spec=ServiceSpec(
            type="ClusterIP",
            clusterIP=None if one else HEADLESS,
            selector=label.selector(name).matchLabels,
            ports=[
                ServicePort(
                    name=port,
                    appProtocol=port,
                    port=placement.replica(name, 0).address.port,
                    targetPort=port,
                    protocol="TCP",
                )
            ],
        ),
    )


def account(platform: Platform, placement: Placement, name: str) -> ServiceAccount:
    """Return the account of a service; it has no token for the Kubernetes API."""
    return ServiceAccount(
        metadata=label.metadata(platform, placement, name), automountServiceAccountToken=False
    )
