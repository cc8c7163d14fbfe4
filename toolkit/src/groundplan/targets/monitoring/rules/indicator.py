"""Indicators: how many requests an objective counts, and how many of them went wrong.

Takes an objective; hands on expressions of events a second, as the gateway counts them: it also
sees what never reached a service.
"""

from dataclasses import dataclass

from groundplan.model import objective
from groundplan.model.objective import Slo
from groundplan.model.platform import Platform
from groundplan.model.service import Kind
from groundplan.targets.monitoring import metric


@dataclass(frozen=True, slots=True)
class Indicator:
    """Selectors; what is wrong is either `bad`, or all that is not `good`."""

    every: str
    bad: str = ""
    good: str = ""
    aside: str = ""
    """What does not count, such as questions about health."""

    def requests(self, window: str) -> str:
        """Return the rate of requests over a window."""
        every = f"sum(rate({self.every}[{window}]))"
        return f"({every} - sum(rate({self.aside}[{window}])))" if self.aside else every

    def errors(self, window: str) -> str:
        """Return the rate of what went wrong; nought where nothing did."""
        if self.good:
            return f"{self.requests(window)} - sum(rate({self.good}[{window}]))"
        return f"sum(rate({self.bad}[{window}])) or {self.requests(window)} * 0"


def of(platform: Platform, slo: Slo) -> Indicator:
    """Return what an objective counts."""
    is_gateway = platform.services[slo.service].kind is Kind.GATEWAY
    if slo.latency is not None:
        return _latency(slo.service, slo.latency.threshold, is_gateway=is_gateway)
    return _availability(slo.service, is_gateway=is_gateway)


def _availability(service: str, *, is_gateway: bool) -> Indicator:
    """Count answers by their class: all that leave the gateway, or those of one service.

    What the gateway answers by itself, without asking anybody, is about its health.
    """
    name, labels, aside = metric.SERVICE_ANSWERS, f'envoy_cluster_name="{service}"', ""
    if is_gateway:
        name, labels = metric.GATEWAY_ANSWERS, 'envoy_http_conn_manager_prefix="gateway"'
        aside = f"{metric.GATEWAY_OWN}{{{labels}}}"
    bad = f'{name}{{{labels},envoy_response_code_class="5"}}'
    return Indicator(f"{name}{{{labels}}}", bad=bad, aside=aside)


def _latency(service: str, threshold: float, *, is_gateway: bool) -> Indicator:
    """Count answers by their time; streams last as long as their readers like."""
    wanted = f'="{objective.counted_as(service)}"'
    if is_gateway:
        wanted = f'=~"{objective.counted_as(".+")}"'
    labels = f'envoy_virtual_host="all",envoy_virtual_cluster{wanted}'
    le = f"{threshold * 1000:.10g}"
    return Indicator(
        f"{metric.ANSWER_TIME}_count{{{labels}}}",
        good=f'{metric.ANSWER_TIME}_bucket{{{labels},le="{le}"}}',
    )
