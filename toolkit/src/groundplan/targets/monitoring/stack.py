"""Everything around the platform in a cluster that watches it: folders of objects, and values.

Takes a platform and a placement; hands on files. Each folder is a kustomization of its own, which
an application of Argo CD delivers; `charts` holds values, which applications of charts read.
"""

from collections.abc import Iterator
from typing import Final

from groundplan.formats import yaml
from groundplan.model.file import File, Files
from groundplan.model.placement import Placement
from groundplan.model.platform import Platform
from groundplan.targets.monitoring import (
    alertmanager,
    arrows,
    charts,
    collector,
    dashboards,
    elastic,
    fluentd,
    jaeger,
    logstash,
    manifest,
    monitors,
    namespaces,
    secret,
)
from groundplan.targets.monitoring.manifest import Maker, Object

FIRST: Final = "namespaces"
"""The folder of what must be there before all others: namespaces, policies, secrets."""
CHARTS: Final = "charts"
DASHBOARDS: Final = "dashboards"


def render(platform: Platform, placement: Placement) -> Files:
    """Return the files."""
    return (
        *manifest.folder(FIRST, _first(platform, placement)),
        *_values(platform, placement),
        *manifest.folder("elastic", elastic.objects(platform, placement)),
        *manifest.folder("logstash", logstash.objects(platform, placement)),
        *manifest.folder("jaeger", jaeger.objects(platform, placement)),
        *manifest.folder("collector", collector.objects(platform, placement)),
        *manifest.folder("fluentd", fluentd.objects(platform, placement)),
        *manifest.folder("monitors", monitors.objects(platform, placement)),
        *_dashboards(platform, placement),
    )


def _first(platform: Platform, placement: Placement) -> Iterator[Object]:
    yield from namespaces.objects(platform, placement)
    yield from arrows.objects(platform, placement)
    yield secret.store(platform, placement)
    yield secret.generator(platform, placement)
    grafana = Maker(platform, placement, "grafana")
    who = {"username": "administrator", "password": "{{ .password }}"}
    yield secret.drawn(grafana, charts.GRAFANA, who)
    told = {"incidents-key": "{{ .incidents }}", "pager-url": "{{ .pager }}"}
    sources = {"incidents": "alerts-key", "pager": "pager-url"}
    receivers = Maker(platform, placement, "alertmanager")
    yield secret.fetched(receivers, alertmanager.SECRET, sources, told)


def _values(platform: Platform, placement: Placement) -> Files:
    return tuple(
        File(f"{CHARTS}/{name}.yaml", yaml.dump(values))
        for name, values in charts.values(platform, placement).items()
    )


def _dashboards(platform: Platform, placement: Placement) -> Files:
    if not platform.observability.dashboards:
        return ()
    maker = Maker(platform, placement, "dashboard")
    found = dashboards.render(platform)
    objects = [
        maker.make(
            "v1 ConfigMap",
            {"data": {f"{uid}.json": text}},
            f"dashboard-{uid}",
            more={charts.DASHBOARD: "1"},
        )
        for uid, text in found.items()
    ]
    return manifest.folder(DASHBOARDS, objects)
