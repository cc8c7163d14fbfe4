"""What Argo CD would refuse to deliver: applications beyond the bounds of their projects.

Takes projects, an application and the objects that it delivers; hands on findings. Patterns of
projects are not read: names are compared as they stand, so a wildcard allows nothing here.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from groundplan.admission.finding import Finding, Object, identity, namespace, title

LISTS: Final = {True: "namespaceResourceWhitelist", False: "clusterResourceWhitelist"}
"""Which list of a project names the kinds that have a namespace, and those that have none."""


def findings(
    application: Object, objects: Iterable[Object], projects: Iterable[Object]
) -> list[Finding]:
    """Return why an application, or an object that it delivers, is refused."""
    by_name = {each["metadata"]["name"]: each["spec"] for each in projects}
    spec = application["spec"]
    if spec["project"] not in by_name:
        must = f"must be a project of this render, is {spec['project']}"
        return [Finding(title(application), "spec.project", must)]
    bounds = by_name[spec["project"]]
    return [*_outside(application, bounds), *_refused(application, objects, bounds)]


def sources(application: Object) -> list[Mapping[str, Any]]:
    """Return from where an application takes its objects."""
    spec = application["spec"]
    return [*([spec["source"]] if "source" in spec else []), *(spec.get("sources") or ())]


def _outside(application: Object, bounds: Mapping[str, Any]) -> Iterator[Finding]:
    target = application["spec"]["destination"]
    allowed = [(each.get("server"), each.get("namespace")) for each in bounds["destinations"]]
    if (target.get("server"), target.get("namespace")) not in allowed:
        must = f"must be one of its project's, is {target.get('namespace')}"
        yield Finding(title(application), "spec.destination", must)
    for source in sources(application):
        if source["repoURL"] not in bounds["sourceRepos"]:
            must = f"must be one of its project's, is {source['repoURL']}"
            yield Finding(title(application), "spec.source.repoURL", must)


def _refused(
    application: Object, objects: Iterable[Object], bounds: Mapping[str, Any]
) -> Iterator[Finding]:
    spaces = {each.get("namespace") for each in bounds["destinations"]}
    for each in objects:
        where = namespace(each)
        found = {(one["group"], one["kind"]) for one in bounds.get(LISTS[bool(where)]) or ()}
        if identity(each)[:2] not in found:
            yield Finding(title(each), "", f"must be allowed to {title(application)}")
        if where and where not in spaces:
            must = f"must be a namespace of {title(application)}'s project, is {where}"
            yield Finding(title(each), "metadata.namespace", must)
