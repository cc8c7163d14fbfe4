"""Rights are multiplied out, and what gives too much is found."""

from collections.abc import Callable
from typing import Any

import pytest

from groundplan.admission import rights
from groundplan.admission.rights import EVERYWHERE, Right, Subject

Object = dict[str, Any]
VIEWERS = Subject("Group", "viewers")


def everywhere(found: Object, kind: str) -> Object:
    """Return a role or binding as the one that holds in all namespaces."""
    meta = {"name": found["metadata"]["name"]}
    return {**found, "kind": kind, "metadata": meta}


def test_a_small_role_has_no_finding(objects: list[Object], role: Object, binding: Object) -> None:
    """Reading pods is nothing to speak of."""
    assert [] == rights.findings([*objects, role, binding])


def test_rights_are_multiplied_out(role: Object, binding: Object) -> None:
    """Each verb on each resource is a right of the bound subject, in the binding's namespace."""
    expected = {
        Right("shop", verb, "", resource)
        for verb in ("get", "list")
        for resource in ("pods", "pods/log")
    }
    assert {VIEWERS: frozenset(expected)} == rights.matrix([role, binding])


def test_can_answers_for_one_question(role: Object, binding: Object) -> None:
    """Verb, resource, group, namespace and subject must all fit."""
    given = rights.matrix([role, binding])
    assert rights.can(given, VIEWERS, "get", "pods", within="shop")
    assert not rights.can(given, VIEWERS, "delete", "pods", within="shop")
    assert not rights.can(given, VIEWERS, "get", "secrets", within="shop")
    assert not rights.can(given, VIEWERS, "get", "pods", group="apps", within="shop")
    assert not rights.can(given, VIEWERS, "get", "pods", within="elsewhere")
    assert not rights.can(given, Subject("User", "viewers"), "get", "pods", within="shop")


def test_a_cluster_role_holds_where_it_is_bound(role: Object, binding: Object) -> None:
    """Bound in a namespace it holds there, bound to the cluster everywhere."""
    binding["roleRef"]["kind"] = "ClusterRole"
    wide = everywhere(role, "ClusterRole")
    here = rights.matrix([wide, binding])
    assert not rights.can(here, VIEWERS, "get", "pods", within=EVERYWHERE)
    there = rights.matrix([wide, everywhere(binding, "ClusterRoleBinding")])
    assert rights.can(there, VIEWERS, "get", "pods", within="anywhere")
    assert rights.can(there, VIEWERS, "get", "pods", within=EVERYWHERE)


def test_a_right_may_be_for_one_name_or_path(role: Object, binding: Object) -> None:
    """Names of objects and paths outside of them are kept."""
    role["rules"] = [
        {"apiGroups": [""], "resources": ["secrets"], "resourceNames": ["a"], "verbs": ["update"]},
        {"nonResourceURLs": ["/metrics"], "verbs": ["get"]},
    ]
    expected = {Right("shop", "update", "", "secrets", "a"), Right("*", "get", "", "/metrics")}
    assert expected == rights.matrix([role, binding])[VIEWERS]


@pytest.mark.parametrize("field", ["verbs", "resources", "apiGroups", "nonResourceURLs"])
def test_no_wildcard(field: str, role: Object) -> None:
    """Verbs, resources, groups and paths are named."""
    role["rules"][0][field] = ["*"]
    paths = [each.path for each in rights.findings([role])]
    assert [f"rules[0].{field}"] == paths


@pytest.mark.parametrize("verb", rights.POWERFUL)
def test_no_verb_that_takes_rights(verb: str, role: Object) -> None:
    """Nobody may escalate, bind or impersonate."""
    role["rules"][0]["verbs"] = [verb]
    assert [f"must not let anybody {verb}"] == [each.must for each in rights.findings([role])]


def test_nobody_is_bound_to_everything(role: Object, binding: Object) -> None:
    """Neither the role that may do all, nor the group that may."""
    binding["roleRef"] = {"kind": "ClusterRole", "name": "cluster-admin"}
    binding["subjects"].append({"kind": "Group", "name": "system:masters"})
    found = {str(each) for each in rights.findings([role, binding])}
    assert "RoleBinding shop/viewer: roleRef: must not be cluster-admin" in found
    masters = "subjects[system:masters]: must not be system:masters"
    assert f"RoleBinding shop/viewer: {masters}" in found


def test_a_role_that_is_not_rendered_is_found(binding: Object) -> None:
    """What a role allows must be there to be read."""
    (found,) = rights.findings([binding])
    assert "must be a role of this render, is viewer" == found.must


@pytest.mark.parametrize("verb", rights.READING)
def test_only_administrators_read_secrets(verb: str, role: Object, binding: Object) -> None:
    """Whoever else may is named, with the namespace."""
    role["rules"][0] |= {"resources": ["secrets"], "verbs": [verb]}
    (found,) = rights.findings([role, binding])
    assert f"Group viewers: must not {verb} secrets in shop: it reads Secrets" == str(found)
    assert [] == rights.findings([role, binding], administrators=["viewers"])


@pytest.mark.parametrize(("group", "resource"), rights.DETOURS)
def test_nobody_else_reads_them_through_a_pod(
    group: str, resource: str, role: Object, binding: Object
) -> None:
    """Who may choose what a pod mounts, or enter it, reads its Secrets."""
    for verb in rights.DETOURS[group, resource]:
        role["rules"] = [{"apiGroups": [group], "resources": [resource], "verbs": [verb]}]
        (found,) = rights.findings([role, binding])
        assert f"must not {verb} {resource} in shop: it reads Secrets" == found.must


def test_a_token_needs_a_role(
    objects: list[Object],
    pod: Object,
    role: Object,
    binding: Object,
    find: Callable[[str], Object],
) -> None:
    """A pod carries a token only when its service account may do something with it."""
    del pod["automountServiceAccountToken"]
    (found,) = rights.findings([*objects, role, binding])
    assert "spec.template.spec.automountServiceAccountToken" == found.path
    account = {"kind": "ServiceAccount", "name": "backend", "namespace": "shop"}
    binding["subjects"] = [account]
    assert [] == rights.findings([*objects, role, binding])
