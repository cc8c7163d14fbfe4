"""The configuration of a Prometheus that runs beside the platform on one machine.

Takes the places that the local store collects from, so that both see the same; hands on plain
values. Certificates are judged by the address, which stands in all of this machine's. In a cluster
the operator makes this from PodMonitors.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from groundplan.model.quantity import seconds

Target = Mapping[str, Any]
"""As the store's settings have it: job, instance, url, interval, labels, authority."""


def config(
    targets: Sequence[Target], *, interval: float, rules: Sequence[str], labels: Mapping[str, str]
) -> dict[str, Any]:
    """Return the configuration.

    Args:
        targets: where metrics are shown.
        interval: seconds between two looks, and between two evaluations.
        rules: files of rules.
        labels: of everything that leaves this Prometheus.
    """
    every = seconds(interval)
    jobs = dict.fromkeys(target["job"] for target in targets)
    found = (_job(job, [each for each in targets if each["job"] == job]) for job in jobs)
    return {
        "global": {
            "scrape_interval": every,
            "evaluation_interval": every,
            "external_labels": dict(labels),
        },
        "rule_files": list(rules),
        "scrape_configs": [each for several in found for each in several],
    }


def _job(job: str, targets: Iterable[Target]) -> list[dict[str, Any]]:
    """Return a job for each way to ask its targets; the first has the job's own name."""
    ways: dict[tuple[str, ...], list[Target]] = {}
    for target in targets:
        at = urlsplit(target["url"])
        key = target.get("key_file", "")
        ways.setdefault((at.scheme, at.path, target.get("authority", ""), key), []).append(target)
    return [
        _way(f"{job}-{index}" if index else job, job, way, found)
        for index, (way, found) in enumerate(ways.items())
    ]


def _way(name: str, job: str, way: tuple[str, ...], targets: list[Target]) -> dict[str, Any]:
    scheme, path, authority, key = way
    return {
        "job_name": name,
        "scheme": scheme,
        "metrics_path": path or "/metrics",
        **({"tls_config": {"ca_file": authority}} if authority else {}),
        **({"authorization": {"credentials_file": key}} if key else {}),
        "static_configs": [
            {
                "targets": [urlsplit(target["url"]).netloc],
                "labels": {
                    "job": job,
                    "instance": target["instance"],
                    **target.get("labels", {}),
                },
            }
            for target in targets
        ],
    }
