"""Argo CD would deliver everything that is rendered, once, in an order in which it can start."""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from groundplan.admission import mounted, project
from groundplan.admission.finding import identity, title

RENDERS = ("dev", "prod", "own service", "release", "own release", "plain")
Object = dict[str, Any]
Render = Any


def delivering(render: Render) -> Iterator[tuple[Object, list[Object]]]:
    """Yield every application and the rendered objects that it delivers."""
    for each in render.objects.values():
        if each["kind"] == "Application":
            yield each, list(delivered_by(each, render).values())


def delivered_by(application: Object, render: Render) -> dict[str, Object]:
    """Return what stands in the folders of an application, by path."""
    sources = [one.get("path", "").split("/")[-2:] for one in project.sources(application)]
    targets = {"kubernetes": render.objects, "monitoring": render.watching}
    return {
        f"{target}/{path}": each
        for target, objects in targets.items()
        for path, each in objects.items()
        if [target, path.split("/")[0]] in sources
    }


@pytest.mark.parametrize("name", RENDERS)
def test_projects_allow_what_is_delivered(name: str, renders: Mapping[str, Render]) -> None:
    """No application leaves the bounds of its project, by place, by source or by kind."""
    render = renders[name]
    projects = [each for each in render.objects.values() if each["kind"] == "AppProject"]
    found = [
        str(said)
        for application, objects in delivering(render)
        for said in project.findings(application, objects, projects)
    ]
    assert [] == found


@pytest.mark.parametrize("name", ["release", "own release"])
def test_projects_allow_nothing_more(name: str, renders: Mapping[str, Render]) -> None:
    """The platform's project names no kind that is not rendered."""
    render = renders[name]
    bounds = next(
        each["spec"]
        for each in render.objects.values()
        if each["kind"] == "AppProject" and each["metadata"]["name"] == render.platform.name
    )
    allowed = {
        (one["group"], one["kind"]) for words in project.LISTS.values() for one in bounds[words]
    }
    assert set() == allowed - {identity(each)[:2] for each in render.delivered}


@pytest.mark.parametrize("name", RENDERS)
def test_every_folder_is_delivered_once(name: str, renders: Mapping[str, Render]) -> None:
    """No object is left out, and none has two applications that fight for it."""
    render = renders[name]
    delivered = [
        path
        for each in render.objects.values()
        if each["kind"] == "Application"
        for path in delivered_by(each, render)
    ]
    rendered = [f"kubernetes/{path}" for path in render.objects]
    assert sorted([*rendered, *(f"monitoring/{path}" for path in render.watching)]) == sorted(
        delivered
    )


def wave(found: Object) -> int:
    """Return when an object of a phase is delivered."""
    notes = found["metadata"].get("annotations") or {}
    return int(notes.get("argocd.argoproj.io/sync-wave", 0))


def is_early(found: Object) -> bool:
    """Whether an object is a hook that comes before everything else of its application."""
    notes = found["metadata"].get("annotations") or {}
    return notes.get("argocd.argoproj.io/hook") == "PreSync"


@pytest.mark.parametrize("name", RENDERS)
def test_hooks_find_what_they_mount(name: str, renders: Mapping[str, Render]) -> None:
    """Before the first delivery there is only the foundation, and hooks of earlier waves."""
    render = renders[name]
    foundation = [each for path, each in render.objects.items() if path.startswith("namespace/")]
    hooks = [each for each in render.delivered if is_early(each)]
    jobs = [each for each in hooks if each["kind"] == "Job"]
    assert jobs
    for job in jobs:
        before = [each for each in hooks if wave(each) < wave(job)]
        found = mounted.findings([*foundation, *before, job])
        assert [] == [str(each) for each in found if each.object == title(job)]


def test_a_hook_without_its_foundation_would_be_found(release: Render) -> None:
    """Negative control: a hook by itself has nothing to mount."""
    job = next(each for each in release.delivered if is_early(each) and each["kind"] == "Job")
    assert mounted.findings([job])
