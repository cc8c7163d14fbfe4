"""What a receiver is told of alerts: groups of them in the shape of Alertmanager's webhook."""

from collections.abc import Iterable, Mapping, Sequence
from hashlib import blake2b
from typing import Any, Final

import msgspec

from groundplan_telemetry import times
from groundplan_telemetry.metrics.rules.alerting import Alert

RECEIVER: Final = "groundplan"
GROUPED: Final = ("alertname", "service")
NEVER: Final = "0001-01-01T00:00:00Z"

Key = tuple[str, ...]


class Told(msgspec.Struct, frozen=True):
    """One alert as the receiver knows it."""

    labels: dict[str, str]
    annotations: dict[str, str]
    starts: str
    ends: str = NEVER

    @property
    def fires(self) -> bool:
        """Whether it has not ended."""
        return self.ends == NEVER

    @property
    def group(self) -> Key:
        """The alerts that are told together have the same."""
        return tuple(self.labels.get(name, "") for name in GROUPED)

    @property
    def fingerprint(self) -> str:
        """What tells alerts apart: their labels, as 16 digits."""
        text = repr(sorted(self.labels.items()))
        return blake2b(text.encode(), digest_size=8).hexdigest()

    def ended(self, at: int) -> "Told":
        """Return the same alert, over; `at` is in milliseconds."""
        return msgspec.structs.replace(self, ends=times.written(at * 1000))


def told(alert: Alert) -> Told:
    """Return what is told of an alert that fires or has ended."""
    ends = times.written(alert.resolved * 1000) if alert.resolved else NEVER
    starts = times.written((alert.fired or alert.since) * 1000)
    return Told(dict(alert.labels), dict(alert.annotations), starts, ends)


def payload(group: Key, alerts: Sequence[Told], external: Mapping[str, str]) -> dict[str, Any]:
    """Return the body of one call: version 4 of the webhook."""
    labels = {name: value for name, value in zip(GROUPED, group, strict=True) if value}
    written = ", ".join(f'{name}="{value}"' for name, value in labels.items())
    return {
        "version": "4",
        "groupKey": f"{{}}:{{{written}}}",
        "truncatedAlerts": 0,
        "status": "firing" if any(each.fires for each in alerts) else "resolved",
        "receiver": RECEIVER,
        "groupLabels": labels,
        "commonLabels": _common(each.labels for each in alerts) | dict(external),
        "commonAnnotations": _common(each.annotations for each in alerts),
        "externalURL": "",
        "alerts": [_alert(each, external) for each in alerts],
    }


def _alert(each: Told, external: Mapping[str, str]) -> dict[str, Any]:
    return {
        "status": "firing" if each.fires else "resolved",
        "labels": {**external, **each.labels},
        "annotations": each.annotations,
        "startsAt": each.starts,
        "endsAt": each.ends,
        "generatorURL": "",
        "fingerprint": each.fingerprint,
    }


def _common(every: Iterable[Mapping[str, str]]) -> dict[str, str]:
    first, *others = every
    return {
        name: value
        for name, value in first.items()
        if all(other.get(name) == value for other in others)
    }
