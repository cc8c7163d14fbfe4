"""Indicators: how many requests an objective counts, and how many of them went wrong.

Takes an objective; hands on expressions of events a second, as the gateway counts them: it also
sees what never reached a service.
"""

from dataclasses import dataclass

from groundplan.model import alert, objective
from groundplan.model.objective import Slo
from groundplan.model.platform import Platform
from groundplan.model.service import Kind, Service
from groundplan.targets.monitoring import metric


@dataclass(frozen=True, slots=True)
class Indicator:
    """Selectors; what is wrong is either `bad`, or all that is not `good`."""

    every: str
    bad: str = ""
    good: str = ""
    aside: tuple[str, ...] = ()
    """What does not count, such as questions about health."""
    bad_aside: str = ""
    """What went wrong and does not count."""

    def requests(self, window: str) -> str:
        """Return the rate of requests over a window."""
        every, *aside = (_rate(each, window) for each in (self.every, *self.aside))
        return f"({' - '.join((every, *map(_or_none, aside)))})" if aside else every

    def errors(self, window: str) -> str:
        """Return the rate of what went wrong; nought where nothing did."""
        if self.good:
            return f"{self.requests(window)} - {_rate(self.good, window)}"
        bad = _rate(self.bad, window)
        if self.bad_aside:
            # Both are read at once but counted one after the other.
            bad = f"clamp_min({bad} - {_or_none(_rate(self.bad_aside, window))}, 0)"
        return f"{bad} or {self.requests(window)} * 0"


def _rate(selector: str, window: str) -> str:
    return f"sum(rate({selector}[{window}]))"


def _or_none(rate: str) -> str:
    """Return a rate that is nought before the first of its kind was counted."""
    return f"({rate} or vector(0))"


def of(platform: Platform, slo: Slo) -> Indicator:
    """Return what an objective counts."""
    is_gateway = platform.services[slo.service].kind is Kind.GATEWAY
    if slo.latency is not None:
        return _latency(slo.service, slo.latency.threshold, is_gateway=is_gateway)
    if is_gateway:
        return _of_gateway(takes_alerts=any(map(_takes_alerts, platform.services.values())))
    return _of_service(slo.service, takes_alerts=_takes_alerts(platform.services[slo.service]))


def _takes_alerts(service: Service) -> bool:
    return any(route.path == alert.INCIDENTS for route in service.routes)


def _of_gateway(*, takes_alerts: bool) -> Indicator:
    """Count answers that leave the gateway, by their class.

    What it answers by itself, without asking anybody, is about its health.
    """
    labels = 'envoy_http_conn_manager_prefix="gateway"'
    own = f"{metric.GATEWAY_OWN}{{{labels}}}"
    return _availability(metric.GATEWAY_ANSWERS, labels, (own,), takes_alerts=takes_alerts)


def _of_service(service: str, *, takes_alerts: bool) -> Indicator:
    """Count answers of one service, by their class."""
    labels = f'envoy_cluster_name="{service}"'
    return _availability(metric.SERVICE_ANSWERS, labels, (), takes_alerts=takes_alerts)


def _availability(
    name: str, labels: str, aside: tuple[str, ...], *, takes_alerts: bool
) -> Indicator:
    failed = 'envoy_response_code_class="5"'
    every, bad = f"{name}{{{labels}}}", f"{name}{{{labels},{failed}}}"
    if not takes_alerts:
        return Indicator(every, bad=bad, aside=aside)
    alerts = f'envoy_virtual_host="all",envoy_virtual_cluster="{objective.ALERTS}"'
    taken, lost = (f"{metric.PATH_ANSWERS}{{{each}}}" for each in (alerts, f"{alerts},{failed}"))
    return Indicator(every, bad=bad, aside=(*aside, taken), bad_aside=lost)


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
