"""What objectives count."""

from collections.abc import Callable

from groundplan.model.objective import Promptness, Slo
from groundplan.model.platform import Platform
from groundplan.targets.monitoring.rules import indicator

SHOP = """
services:
  shop: {kind: service, run: {command: [serve]}, routes: [/shop]}
"""


def test_the_api_is_counted_where_its_answers_leave(
    platform_with: Callable[[str], Platform],
) -> None:
    """All answers but those that the gateway gives about its own health."""
    found = indicator.of(platform_with(""), Slo(service="gateway", availability=0.999))
    assert "envoy_http_downstream_rq_xx" in found.requests("5m")
    assert "- (sum(rate(envoy_http_rq_direct_response" in found.requests("5m")
    assert 'envoy_response_code_class="5"' in found.errors("5m")
    assert found.errors("5m").endswith(" * 0")


def test_a_service_is_counted_by_the_answers_of_its_cluster(
    platform_with: Callable[[str], Platform],
) -> None:
    """Also where no replica could be asked."""
    found = indicator.of(platform_with(""), Slo(service="backend", availability=0.999))
    assert 'sum(rate(envoy_cluster_upstream_rq_xx{envoy_cluster_name="backend"}[1h]))' in (
        found.requests("1h")
    )


def test_alerts_that_are_sent_to_the_console_do_not_count(
    platform_with: Callable[[str], Platform],
) -> None:
    """Neither for the gateway nor for who takes them; others have none to leave out."""
    platform = platform_with(SHOP)
    failed = 'envoy_virtual_cluster="_alerts",envoy_response_code_class="5"'
    for service in ("gateway", "backend"):
        found = indicator.of(platform, Slo(service=service, availability=0.999))
        assert 'envoy_virtual_cluster="_alerts"}' in found.requests("5m")
        assert failed in found.errors("5m")
    shop = indicator.of(platform, Slo(service="shop", availability=0.999))
    assert "_alerts" not in shop.requests("5m") + shop.errors("5m")


def test_a_late_answer_is_one_beyond_the_bound(
    platform_with: Callable[[str], Platform],
) -> None:
    """Streams do not count; the bound is written as Envoy writes it, in milliseconds."""
    prompt = Promptness(threshold=0.2, share=0.95)
    backend = indicator.of(platform_with(""), Slo(service="backend", latency=prompt))
    assert 'envoy_virtual_cluster="to_backend",le="200"' in backend.errors("5m")
    api = indicator.of(platform_with(""), Slo(service="gateway", latency=prompt))
    assert 'envoy_virtual_cluster=~"to_.+"' in api.requests("5m")
