"""Arrows that follow from routes."""

from collections.abc import Callable

from groundplan.model import arrow
from groundplan.model.platform import Platform


def test_the_gateway_calls_every_service_with_routes(
    platform_with: Callable[[str], Platform],
) -> None:
    """A service of the user's is reached without an edit of `gateway.calls`."""
    platform = platform_with(
        "services: {orders: {kind: service, run: {command: [orders]}, routes: [/api/orders]},"
        " worker: {kind: service, run: {command: [worker]}}}"
    )
    assert ("authz", "backend", "orders") == platform.services["gateway"].calls
    assert ["gateway"] == platform.callers_of("orders")


def test_completing_twice_changes_nothing(reference: Platform) -> None:
    """What is complete stays as it is."""
    assert reference == arrow.complete(reference)
