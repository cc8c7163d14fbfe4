"""The dashboard of the gateway."""

from collections.abc import Callable

from groundplan.model.platform import Platform
from groundplan.targets.monitoring.dashboards import gateway
from groundplan.targets.monitoring.dashboards.board import Board

Asked = Callable[[Board], dict[str, set[str]]]


def test_it_shows_what_is_refused_and_by_whom(reference: Platform, asked: Asked) -> None:
    """Refusals, and who is behind it."""
    made = gateway.board(reference)
    assert "gateway" == made.uid
    named = set().union(*asked(made).values())
    assert {"envoy_http_ext_authz_denied", "envoy_cluster_membership_healthy"} <= named
