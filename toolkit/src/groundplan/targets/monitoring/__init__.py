"""The monitoring target: what watches the platform, and what it watches for.

Takes a platform and a placement; hands on rules in Prometheus' own format, the same on one machine
and in a cluster. For a cluster there are objects too: the rules again, as the operator reads them,
Alertmanager's configuration, and all that runs around the platform to watch it.
"""

from groundplan.formats import yaml
from groundplan.model.file import File, Files
from groundplan.model.placement import Discovery, Placement
from groundplan.model.platform import Platform
from groundplan.targets.monitoring import alertmanager, collector, manifest, rules, scrape
from groundplan.targets.monitoring.rules import prometheus_rule

__all__ = ["mounted", "render", "rules", "scrape"]

OBJECTS = "prometheus-rules"
"""The folder of the rules as objects."""


def render(platform: Platform, placement: Placement) -> Files:
    """Return the files of an environment; on one machine, rules alone."""
    plain = rules.render(platform, placement)
    if placement.discovery is Discovery.FILES:
        return plain
    # dashboards load slowly, and a run on one machine needs none
    from groundplan.targets.monitoring import stack

    told = yaml.dump(alertmanager.config(platform, placement))
    return (
        *plain,
        File("alertmanager/alertmanager.yaml", told),
        *manifest.folder(OBJECTS, prometheus_rule.objects(platform, placement)),
        *mounted(platform, placement),
        *stack.render(platform, placement),
    )


def mounted(platform: Platform, placement: Placement) -> Files:
    """Return what pods of the platform's own namespace mount: the settings of their collector."""
    return collector.files(platform, placement)
