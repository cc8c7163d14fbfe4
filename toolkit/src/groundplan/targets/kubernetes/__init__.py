"""The kubernetes target: every object of a platform in a cluster, one folder a component.

Takes a platform, a placement and what the targets `frontend` and `gateway` rendered for it; hands
on plain YAML, one object a file, and a kustomization for each folder. The folder `argocd` is for
whoever delivers the others, so it stands apart from them.
"""

from collections.abc import Iterator, Mapping

from groundplan.model.file import Files
from groundplan.model.placement import Placement
from groundplan.model.platform import Platform
from groundplan.targets.kubernetes import (
    access,
    argocd,
    cache,
    certificate,
    collector,
    configuration,
    exporter,
    ingress,
    job,
    kustomization,
    namespace,
    observability,
    policy,
    scaling,
    secret,
    service,
    workload,
)
from groundplan.targets.kubernetes.object import Object, files

__all__ = ["render"]

_PARTS = (
    namespace.objects,
    certificate.objects,
    observability.objects,
    secret.objects,
    policy.objects,
    cache.objects,
    exporter.objects,
    ingress.objects,
    access.objects,
    job.objects,
    argocd.objects,
)
"""Each returns its objects by folder; services come between the namespace and these."""


def render(platform: Platform, placement: Placement, rendered: Mapping[str, Files]) -> Files:
    """Return the objects of an environment that runs in a cluster.

    Args:
        platform: the platform.
        placement: where it runs; by names, not by files.
        rendered: what other targets rendered for it, by target; pods mount it.
    """
    found: dict[str, list[Object]] = {}
    signals = {file.path: file.content for file in rendered.get("monitoring", ())}
    gathering = collector.objects(platform, placement, signals) if signals else {}
    mounted = {target: files for target, files in rendered.items() if target != "monitoring"}
    services = _services(platform, placement, mounted)
    for parts in (services, gathering, *_others(platform, placement)):
        for folder, objects in parts.items():
            found.setdefault(folder, []).extend(objects)
    written = tuple(file for folder in sorted(found) for file in files(folder, found[folder]))
    return (*written, *kustomization.of_folders(written, apart=(argocd.FOLDER,)))


def _others(platform: Platform, placement: Placement) -> Iterator[dict[str, list[Object]]]:
    return (objects(platform, placement) for objects in _PARTS)


def _services(
    platform: Platform, placement: Placement, rendered: Mapping[str, Files]
) -> dict[str, list[Object]]:
    found = configuration.of_services(platform, placement, rendered)
    return {
        name: _service(platform, placement, name, found.get(name)) for name in platform.services
    }


def _service(
    platform: Platform,
    placement: Placement,
    name: str,
    found: configuration.Configuration | None,
) -> list[Object]:
    read = configuration.config_maps(platform, placement, name, found) if found else []
    return [
        workload.deployment(platform, placement, name, found),
        service.service(platform, placement, name),
        service.account(platform, placement, name),
        scaling.autoscaler(platform, placement, name),
        scaling.budget(platform, placement, name),
        *read,
    ]
