"""How a pod leaves: it waits until nobody sends it new requests, then ends what it has begun.

Kubernetes tells the rest of the world and the pod at the same time. Callers hear of it through
DNS and the load balancer some seconds later, so a pod goes on answering for that long.
"""

from collections.abc import Iterator
from math import ceil
from typing import Final

from lightkube.models.core_v1 import ExecAction, Lifecycle, LifecycleHandler

from groundplan.model.placement import Placement
from groundplan.model.platform import Platform
from groundplan.model.service import Kind, Service

NOTICE: Final = 15
"""Seconds after which no caller knows a leaving pod any more: a second until its endpoint is
gone, five that DNS is kept, five until Envoy asks again, and some for the load balancer."""
SLACK: Final = 5
"""Seconds between the longest that a pod should take and the moment it is killed."""
_WAIT: Final = "import time; time.sleep({seconds})"
_LEAVE: Final = """\
import socket, time
for path in ("/healthcheck/fail", "/drain_listeners?graceful"):
    with socket.socket(socket.AF_UNIX) as admin:
        admin.settimeout(2)
        admin.connect("{socket}")
        head = f"POST {{path}} HTTP/1.1\\r\\nHost: admin\\r\\nConnection: close\\r\\n"
        admin.sendall(f"{{head}}Content-Length: 0\\r\\n\\r\\n".encode())
        admin.recv(4096)
time.sleep({seconds})
"""
"""Envoy ends at once when it is told to stop, so it is first asked to turn callers away."""


def lifecycle(platform: Platform, placement: Placement, name: str) -> Lifecycle:
    """Return what happens in a container before it is told to stop."""
    wait = _wait(platform, platform.services[name])
    action = ExecAction(command=_command(platform, placement, name, wait))
    return Lifecycle(preStop=LifecycleHandler(exec=action))


def grace(platform: Platform, name: str) -> int:
    """Return the seconds after which a pod that was told to end is killed."""
    service = platform.services[name]
    longest = longest_request(platform, service)
    return _wait(platform, service) + ceil(max(longest, service.drain)) + SLACK


def longest_request(platform: Platform, service: Service) -> float:
    """Return the seconds that one request may take; what stands in front waits for the longest."""
    if service.kind in (Kind.STATIC, Kind.GATEWAY):
        return max(time for each in platform.services.values() for time in _timeouts(each))
    return max(_timeouts(service))


def _timeouts(service: Service) -> Iterator[float]:
    yield service.resilience.timeout
    yield from (route.timeout for route in service.routes if route.timeout)


def _wait(platform: Platform, service: Service) -> int:
    if service.kind is Kind.GATEWAY:
        return NOTICE + ceil(longest_request(platform, service))
    return NOTICE


def _command(platform: Platform, placement: Placement, name: str, wait: int) -> list[str]:
    service = platform.services[name]
    if service.kind is Kind.GATEWAY:
        socket = f"{placement.run_folder}/{name}-0.admin.sock"
        return ["python3", "-c", _LEAVE.format(socket=socket, seconds=wait)]
    if service.run and service.run.command:
        # Nothing is known of such an image but that most have this.
        return ["sleep", str(wait)]
    return ["python3", "-c", _WAIT.format(seconds=wait)]
