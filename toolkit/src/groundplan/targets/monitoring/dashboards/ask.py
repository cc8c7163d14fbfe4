"""Questions in PromQL that several dashboards ask, in words."""

from groundplan.targets.monitoring.dashboards.board import RATE


def rate(metric: str, labels: str = "", by: str = "") -> str:
    """Return how often something happens in a second, in all or by some labels."""
    return f"sum{_by(by)} (rate({metric}{_in(labels)}[{RATE}]))"


def share(metric: str, part: str, labels: str = "", by: str = "") -> str:
    """Return which share of events have the labels `part`; nought where none has."""
    both = ",".join(filter(None, (labels, part)))
    every = rate(metric, labels, by)
    return f"({rate(metric, both, by)} or {every} * 0) / {every}"


def quantile(share: float, metric: str, labels: str = "", by: str = "") -> str:
    """Return within which time a share of events were done, from a histogram."""
    buckets = rate(f"{metric}_bucket", labels, ",".join(filter(None, ("le", by))))
    return f"histogram_quantile({share}, {buckets})"


def average(metric: str, labels: str = "", by: str = "") -> str:
    """Return the time of an event on average, from a histogram or a summary."""
    return f"{rate(f'{metric}_sum', labels, by)} / {rate(f'{metric}_count', labels, by)}"


def total(metric: str, labels: str = "", by: str = "") -> str:
    """Return the sum of a figure that goes up and down."""
    return f"sum{_by(by)} ({metric}{_in(labels)})"


def _in(labels: str) -> str:
    return f"{{{labels}}}" if labels else ""


def _by(labels: str) -> str:
    return f" by ({labels})" if labels else ""
