"""What policies open for pods of tomorrow is seen today."""

from collections.abc import Callable

import pytest

from groundplan.reach.matrix import Matrix

DENY = "{podSelector: {}, policyTypes: [Ingress, Egress]}"
LABELLED = "podSelector: {matchLabels: {app: tomorrow}}"


def rule(peer: str) -> str:
    """Return policies that let one peer in to api."""
    selector = "podSelector: {matchLabels: {app: api}}"
    return f"{DENY}\n---\n{{{selector}, ingress: [{{from: [{{{peer}}}]}}]}}"


@pytest.mark.parametrize(
    ("peer", "expected"),
    [
        ("namespaceSelector: {matchLabels: {team: later}}", "team=later/any"),
        (
            "namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: later}}, " + LABELLED,
            "later/app=tomorrow",
        ),
        (
            "namespaceSelector: {matchExpressions: [{key: team, operator: In, values: [x, y]}]}",
            "team=x/any",
        ),
        ("namespaceSelector: {matchExpressions: [{key: x, operator: Exists}]}", "x=any/any"),
    ],
)
def test_a_peer_that_means_nobody_is_open_for_the_first_that_fits(
    peer: str, expected: str, matrix_of: Callable[[str], Matrix]
) -> None:
    """A namespace or a pod that is not there yet."""
    found = matrix_of(rule(peer)).open
    assert [(expected, "api")] == [(each.origin, each.target) for each in found]


def test_at_home_the_default_holds_the_witness_too(matrix_of: Callable[[str], Matrix]) -> None:
    """A pod of the same namespace is let in and not out."""
    (found,) = matrix_of(rule(LABELLED)).openings
    assert ("shop/app=tomorrow", "api", True) == (found.origin, found.target, found.is_held)


def test_who_is_there_needs_no_witness(matrix_of: Callable[[str], Matrix]) -> None:
    """Pods and blocks that mean somebody are told by their names."""
    for peer, name in (
        ("namespaceSelector: {matchLabels: {team: ops}}, podSelector: {matchLabels: {app: agent}}",
         "agent"),
        ("ipBlock: {cidr: 192.0.2.0/24}", "office"),
    ):  # fmt: skip
        assert [name] == [each.origin for each in matrix_of(rule(peer)).open]
