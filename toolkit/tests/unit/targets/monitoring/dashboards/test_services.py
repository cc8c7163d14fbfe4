"""Dashboards of services."""

from collections.abc import Callable

from groundplan.model.platform import Platform
from groundplan.targets.monitoring.dashboards import services
from groundplan.targets.monitoring.dashboards.board import Board

Asked = Callable[[Board], dict[str, set[str]]]


def test_each_kind_shows_what_it_counts(reference: Platform, asked: Asked) -> None:
    """nginx its connections, authorisation its decisions, the backend its stores and its pool."""
    expected = {
        "frontend": "nginx_connections_accepted",
        "authz": "groundplan_authz_decisions_total",
        "backend": "db_client_connection_pending_requests",
        "gateway": "kube_pod_container_status_restarts_total",
    }
    for name, metric in expected.items():
        made = services.board(reference, name)
        assert f"service-{name}" == made.uid
        assert metric in set().union(*asked(made).values()), name


def test_all_stand_beside_each_other(reference: Platform, asked: Asked) -> None:
    """Those that the gateway calls by what it sees; all by their pods."""
    made = services.overview(reference)
    questions = asked(made)
    assert any('envoy_cluster_name=~"authz|backend"' in question for question in questions)
    assert any('container=~"frontend|gateway|authz|backend"' in each for each in questions)
