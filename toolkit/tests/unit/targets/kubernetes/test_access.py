"""What people may do: a matrix of verbs and resources, written down by hand."""

from collections.abc import Callable
from itertools import product
from typing import Any

import pytest

from groundplan.model.platform import Platform
from groundplan.targets.kubernetes import access

Rights = set[tuple[str, str]]


@pytest.fixture
def rights(
    reference: Platform, in_cluster: Callable[..., Any], valid: Callable[..., Any]
) -> dict[str, Rights]:
    """Return the verbs and resources of each role in the namespace."""
    found = valid(access.objects(reference, in_cluster(reference))[access.FOLDER])
    return {
        each["metadata"]["name"].removeprefix("groundplan-"): {
            pair for rule in each["rules"] for pair in product(rule["verbs"], rule["resources"])
        }
        for each in found
        if each["kind"] == "Role"
    }


def test_each_role_holds_the_one_before(rights: dict[str, Rights]) -> None:
    """A viewer's rights are an operator's, and an operator's an administrator's."""
    assert rights[access.VIEWER] < rights[access.OPERATOR] < rights[access.ADMINISTRATOR]


def test_a_viewer_only_looks(rights: dict[str, Rights]) -> None:
    """No verb of change, and no log: what services write may name people."""
    assert {"get", "list", "watch"} == {verb for verb, _ in rights[access.VIEWER]}
    assert not {what for _, what in rights[access.VIEWER] if "/" in what}


def test_an_operator_restarts_scales_and_reads_logs(rights: dict[str, Rights]) -> None:
    """These and no other rights are an operator's beyond a viewer's."""
    scales = {f"{each}/scale" for each in ("deployments", "statefulsets")}
    assert {
        ("get", "pods/log"),
        ("delete", "pods"),
        ("create", "pods/eviction"),
        ("delete", "jobs"),
        *product(("get", "patch", "update"), scales),
    } == rights[access.OPERATOR] - rights[access.VIEWER]


def test_nobody_reads_secrets_gives_rights_away_or_enters_a_container(
    rights: dict[str, Rights], reference: Platform, in_cluster: Callable[..., Any], valid: Any
) -> None:
    """No wildcard, no escalation and no impersonation stands in any role."""
    found = valid(access.objects(reference, in_cluster(reference))[access.FOLDER])
    rules = [rule for each in found for rule in each.get("rules", ())]
    words = {word for rule in rules for key in rule for word in rule[key]}
    refused = ("*", "secrets", "escalate", "bind", "impersonate", "pods/exec", "pods/attach")
    assert set() == words & {
        *refused,
        "roles",
        "rolebindings",
        "serviceaccounts/token",
        "nodes/proxy",
    }


def test_roles_belong_to_groups_of_the_access_entries(
    reference: Platform, in_cluster: Callable[..., Any], valid: Callable[..., Any]
) -> None:
    """Every role is bound to its group; around the namespace all three only look."""
    found = valid(access.objects(reference, in_cluster(reference))[access.FOLDER])
    bound = {
        each["roleRef"]["name"]: [subject["name"] for subject in each["subjects"]]
        for each in found
        if each["kind"] == "RoleBinding"
    }
    assert {f"groundplan-{role}": [f"groundplan:{role}"] for role in access.ROLES} == bound
    (around,) = [each for each in found if each["kind"] == "ClusterRole"]
    assert {"get", "list", "watch"} == {verb for rule in around["rules"] for verb in rule["verbs"]}
