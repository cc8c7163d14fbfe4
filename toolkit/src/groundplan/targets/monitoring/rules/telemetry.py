"""An alert about the signals themselves: some were lost, so other alerts may be blind.

Takes a platform; hands on one group. What is left out on purpose, by sampling or by the cap of a
process, is no loss.
"""

from collections.abc import Iterator
from typing import Final

from groundplan.model.platform import Platform
from groundplan.targets.monitoring import metric
from groundplan.targets.monitoring.rules.rule import Alert, Group
from groundplan.targets.monitoring.rules.window import MINUTE, Clock

LOST: Final = "queue_full|refused"


def groups(platform: Platform, clock: Clock, *, in_cluster: bool) -> Iterator[Group]:
    """Yield the group."""
    time = clock.text(5 * MINUTE)
    keeper = metric.COLLECTOR_FAILED if in_cluster else metric.STORE_DROPPED
    unsent = f'increase({metric.SPANS}{{outcome=~"{LOST}"}}[{time}])'
    losses = (unsent, f"increase({keeper}[{time}])")
    lost = " or ".join(f"sum by (job) ({each}) > 0" for each in losses)
    alert = Alert(
        name="TelemetryDropped",
        expression=lost,
        after=5 * MINUTE,
        summary="{{ $labels.job }} loses signals",
        description="About {{ $value }} records were lost within five minutes: what is shown has "
        "gaps, and alerts may come late.",
        dashboard="platform",
    )
    yield Group("telemetry", platform.observability.metrics.interval, (alert,))
