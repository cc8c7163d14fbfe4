"""The whole target: folders, kustomizations, bytes and time."""

import time

from groundplan.model.placement import Discovery
from groundplan.targets import TARGETS, kubernetes

OWN = """
services:
  notes:
    kind: service
    run: {asgi: "app:app", image: example.com/notes:1}
    replicas: {min: 2, max: 4}
    calls: [database, cache]
    routes: [/api/notes]
"""
ALIKE = {
    "deployment.yaml",
    "horizontalpodautoscaler.yaml",
    "kustomization.yaml",
    "poddisruptionbudget.yaml",
    "service.yaml",
    "serviceaccount.yaml",
}


def test_every_service_has_the_same_kinds_of_objects(rendered):
    """A program of the user's comes out as those of the platform do."""
    found = rendered(OWN)
    for name in ("frontend", "gateway", "authz", "backend", "notes"):
        below = {path.partition("/")[2] for path in found if path.startswith(f"{name}/")}
        assert ALIKE == ALIKE & below, name


def test_every_file_is_listed_and_argo_cd_stands_apart(rendered):
    """A folder lists its files; the whole lists the folders but that of who delivers them."""
    found = rendered()
    folders = {path.partition("/")[0] for path in found if "/" in path}
    listed = found["kustomization.yaml"]["resources"]
    assert sorted(folders - {"argocd"}) == listed
    for folder in folders:
        below = {
            path.removeprefix(f"{folder}/") for path in found if path.startswith(f"{folder}/")
        }
        names = found[f"{folder}/kustomization.yaml"]["resources"]
        assert below - {"kustomization.yaml"} == set(names)


def test_one_machine_has_no_objects(reference, placement):
    """What runs here needs no cluster, so the local environment has no such folder."""
    here = type(placement)(Discovery.FILES, (), "/c", "/r", "http://h")
    assert () == TARGETS["kubernetes"](reference, here)


def test_rendering_twice_is_the_same(reference, placement):
    """The same file gives the same bytes."""
    render = TARGETS["kubernetes"]
    assert render(reference, placement) == render(reference, placement)


def test_three_services_take_less_than_a_second(reference, placement):
    """The reference is rendered in well under a second of CPU."""
    began = time.process_time()
    assert kubernetes.render(reference, placement, {})
    assert time.process_time() - began < 1


def test_five_hundred_services_are_rendered_in_seconds(platform_with, in_cluster):
    """A large file takes well under ten seconds of CPU, and every file is an object of its own."""
    services = "\n".join(
        f"  s{number}: {{kind: service, run: {{command: [serve]}}, routes: [/api/s{number}],"
        f" calls: [database]}}"
        for number in range(500)
    )
    platform = platform_with(f"services:\n{services}")
    began = time.process_time()
    files = TARGETS["kubernetes"](platform, in_cluster(platform))
    assert time.process_time() - began < 10
    assert 506 == sum(file.path.endswith("/deployment.yaml") for file in files)
    assert len({file.path for file in files}) == len(files)
