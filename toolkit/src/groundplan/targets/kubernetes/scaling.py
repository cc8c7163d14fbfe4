"""How many pods run: copies are added by use, taken away slowly, and never all at once."""

from math import ceil
from typing import Final

from lightkube.models.autoscaling_v2 import (
    CrossVersionObjectReference,
    HorizontalPodAutoscalerBehavior,
    HorizontalPodAutoscalerSpec,
    HPAScalingPolicy,
    HPAScalingRules,
    MetricSpec,
    MetricTarget,
    ResourceMetricSource,
)
from lightkube.models.policy_v1 import PodDisruptionBudgetSpec
from lightkube.resources.autoscaling_v2 import HorizontalPodAutoscaler
from lightkube.resources.policy_v1 import PodDisruptionBudget

from groundplan.model.placement import Placement
from groundplan.model.platform import Platform
from groundplan.targets.kubernetes import label

_LONGEST: Final = 3600
"""Seconds that Kubernetes can look back."""


def autoscaler(platform: Platform, placement: Placement, name: str) -> HorizontalPodAutoscaler:
    """Return the autoscaler of a service, with its own thresholds or the platform's."""
    service = platform.services[name]
    scaling = service.scaling or platform.scaling
    return HorizontalPodAutoscaler(
        metadata=label.metadata(platform, placement, name),
        spec=HorizontalPodAutoscalerSpec(
            scaleTargetRef=CrossVersionObjectReference(
                apiVersion="apps/v1", kind="Deployment", name=name
            ),
            minReplicas=service.replicas.min,
            maxReplicas=service.replicas.max,
            metrics=[_use("cpu", scaling.cpu), _use("memory", scaling.memory)],
            behavior=HorizontalPodAutoscalerBehavior(
                scaleUp=_up(), scaleDown=_down(scaling.scale_down_after)
            ),
        ),
    )


def budget(platform: Platform, placement: Placement, name: str) -> PodDisruptionBudget:
    """Return that one pod of a service at a time may be moved."""
    return PodDisruptionBudget(
        metadata=label.metadata(platform, placement, name),
        spec=PodDisruptionBudgetSpec(
            maxUnavailable=1,
            selector=label.selector(name),
            # A pod that is ill anyway must not keep its node from being emptied.
            unhealthyPodEvictionPolicy="AlwaysAllow",
        ),
    )


def _use(resource: str, share: float) -> MetricSpec:
    target = MetricTarget(type="Utilization", averageUtilization=max(1, round(share * 100)))
    return MetricSpec(type="Resource", resource=ResourceMetricSource(name=resource, target=target))


def _up() -> HPAScalingRules:
    """Double, or add four where that is more, every quarter of a minute."""
    return HPAScalingRules(
        stabilizationWindowSeconds=0,
        selectPolicy="Max",
        policies=[
            HPAScalingPolicy(type="Percent", value=100, periodSeconds=15),
            HPAScalingPolicy(type="Pods", value=4, periodSeconds=15),
        ],
    )


def _down(after: float) -> HPAScalingRules:
    """Take away a quarter a minute at the most, by the highest need of the time before."""
    return HPAScalingRules(
        stabilizationWindowSeconds=min(ceil(after), _LONGEST),
        selectPolicy="Max",
        policies=[
            HPAScalingPolicy(type="Percent", value=25, periodSeconds=60),
            HPAScalingPolicy(type="Pods", value=1, periodSeconds=60),
        ],
    )
