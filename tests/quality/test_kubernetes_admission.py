"""A cluster's admission would refuse nothing that is rendered, and people can do what they may."""

import copy
from collections.abc import Mapping
from typing import Any

import pytest

from groundplan.admission import pod_security, quota, reference, rights
from groundplan.admission.rights import EVERYWHERE, Subject

RENDERS = ("dev", "prod", "own service", "release", "own release", "plain")
Render = Any
ADMINISTRATOR = "administrator"


@pytest.mark.parametrize("name", RENDERS)
def test_pod_security_has_no_finding(name: str, renders: Mapping[str, Render]) -> None:
    """Every pod keeps the standard `restricted`, and every namespace enforces it."""
    assert [] == [str(each) for each in pod_security.findings(renders[name].delivered)]


@pytest.mark.parametrize("name", RENDERS)
def test_rights_have_no_finding(name: str, renders: Mapping[str, Render]) -> None:
    """No wildcard, no right to take more, no Secret for anybody but administrators."""
    platform = renders[name].platform.name
    found = rights.findings(renders[name].delivered, [f"{platform}:{ADMINISTRATOR}"])
    assert [] == [str(each) for each in found]


@pytest.mark.parametrize("name", RENDERS)
def test_references_have_no_finding(name: str, renders: Mapping[str, Render]) -> None:
    """Every name leads somewhere, every selector selects, every budget leaves room."""
    assert [] == [str(each) for each in reference.findings(renders[name].delivered)]


@pytest.mark.parametrize("name", RENDERS)
def test_the_namespace_takes_all_pods(name: str, renders: Mapping[str, Render]) -> None:
    """At the most replicas of everything, with all jobs, no limit and no quota refuses a pod."""
    assert [] == [str(each) for each in quota.findings(renders[name].delivered)]
    assert {"LimitRange", "ResourceQuota"} <= {each["kind"] for each in renders[name].delivered}


@pytest.mark.parametrize("limit", ["pods", "requests.cpu", "limits.memory"])
def test_a_small_quota_would_be_found(limit: str, release: Render) -> None:
    """Negative control: a tenth of what is there is too little."""
    objects = copy.deepcopy(release.delivered)
    hard = next(each for each in objects if each["kind"] == "ResourceQuota")["spec"]["hard"]
    hard[limit] = str(quota.amount(hard[limit]) / 10)
    assert [f"spec.hard.{limit}"] == [each.path for each in quota.findings(objects)]


def test_no_object_is_there_twice(renders: Mapping[str, Render]) -> None:
    """What is delivered and what delivers it do not meet in one object."""
    for render in renders.values():
        found = reference.findings(render.objects.values())
        assert [] == [str(each) for each in found if "must be there once" in each.must]


VERBS = ("get", "list", "watch", "create", "update", "patch", "delete", "deletecollection")
NOBODY = {
    "": (
        *("secrets", "pods/exec", "pods/attach", "pods/portforward", "pods/ephemeralcontainers"),
        *("serviceaccounts/token", "namespaces/finalize", "nodes/proxy"),
    ),
    "rbac.authorization.k8s.io": ("roles", "rolebindings", "clusterroles", "clusterrolebindings"),
    "admissionregistration.k8s.io": ("validatingwebhookconfigurations",),
    "argoproj.io": ("appprojects",),
}
"""What none of the people's roles may touch; who must, administers the whole cluster."""


SEEING = frozenset({"get", "list", "watch"})


@pytest.mark.parametrize("role", ["viewer", "operator", "administrator"])
def test_people_can_do_what_their_role_says(role: str, release: Render) -> None:
    """A viewer changes nothing, an operator restarts and scales, nobody touches what is above."""
    given = rights.matrix(release.delivered)
    within = release.platform.name
    subject = Subject("Group", f"{within}:{role}")

    def may(verb: str, resource: str, group: str = "") -> bool:
        return rights.can(given, subject, verb, resource, group=group, within=within)

    assert may("list", "pods")
    assert may("get", "deployments", "apps")
    changes = {right.verb for right in given[subject]} - SEEING
    assert (role == "viewer") == (not changes)
    assert (role != "viewer") == may("delete", "pods")
    assert (role != "viewer") == may("get", "pods/log")
    assert (role != "viewer") == may("patch", "deployments/scale", "apps")
    assert (role == "administrator") == may("patch", "deployments", "apps")
    forbidden = [
        (g, each, verb) for g, found in NOBODY.items() for each in found for verb in VERBS
    ]
    forbidden += [("argoproj.io", "applications", verb) for verb in VERBS if verb not in SEEING]
    assert [] == [one for one in forbidden if may(one[2], one[1], one[0])]
    assert may("list", "applications", "argoproj.io")
    assert not rights.can(given, subject, "delete", "nodes", within=EVERYWHERE)


def test_only_people_have_rights(release: Render) -> None:
    """No service account of the platform may do anything in the cluster."""
    kinds = {subject.kind for subject, found in rights.matrix(release.delivered).items() if found}
    assert {"Group"} == kinds
