"""The agent of a node."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from groundplan.model.platform import Platform
from groundplan.targets.monitoring.collector import agent


@pytest.fixture
def settings(reference: Platform, clustered: Callable[..., Any]) -> dict[str, Any]:
    """Return the configuration for the reference."""
    return agent.settings(reference, clustered(reference))


def test_it_is_sound(settings: dict[str, Any], collectable: Callable[..., list[str]]) -> None:
    """By schema, and every name is defined and used."""
    assert [] == collectable(settings)


def test_it_refuses_before_it_runs_out_of_memory(settings: dict[str, Any]) -> None:
    """The limiter is first on each way."""
    for way in settings["service"]["pipelines"].values():
        assert "memory_limiter" == way["processors"][0]


def test_all_spans_of_a_trace_go_to_one_copy(settings: dict[str, Any]) -> None:
    """Or none of them could see the whole trace."""
    balancing = settings["exporters"]["loadbalancing"]
    assert "traceID" == balancing["routing_key"]
    assert balancing["resolver"]["dns"]["hostname"].startswith("collector-gateway-pods.")


@pytest.mark.parametrize(
    "name",
    [
        "http.request.header.authorization",
        "http.response.header.set-cookie",
        "http.request.header.cookie",
        "url.query",
        "user.email",
        "user_agent",
        "user_agent.original",
        "http.user_agent",
        "peer.address",
    ],
)
def test_secrets_and_people_do_not_leave_the_node(settings: dict[str, Any], name: str) -> None:
    """Whoever wrote them into a span, they go."""
    actions = settings["processors"]["attributes"]["actions"]
    assert {"delete"} == {each["action"] for each in actions}
    assert any(re.search(each["pattern"], name) for each in actions)
    assert not any(re.search(each["pattern"], "http.route") for each in actions)


def test_both_ends_show_certificates(settings: dict[str, Any]) -> None:
    """Pods trust the platform's authority; the gateway asks for one of its own."""
    taken = settings["receivers"]["otlp"]["protocols"]["http"]["tls"]
    assert "/etc/groundplan/tls/tls.crt" == taken["cert_file"]
    sent = settings["exporters"]["otlp"]["tls"]
    assert "/etc/groundplan/observability/tls.crt" == sent["cert_file"]
    assert sent["server_name_override"] in settings["exporters"]["otlp"]["endpoint"]


def test_without_encryption_pods_send_without(
    platform_with: Callable[[str], Platform],
    clustered: Callable[..., Any],
    collectable: Callable[..., list[str]],
) -> None:
    """What leaves the namespace is encrypted all the same."""
    platform = platform_with("security: {encryption: {inTransit: false}}")
    found = agent.settings(platform, clustered(platform, encrypted=False))
    assert [] == collectable(found)
    assert "tls" not in found["receivers"]["otlp"]["protocols"]["http"]
    assert "tls" in found["exporters"]["otlp"]
