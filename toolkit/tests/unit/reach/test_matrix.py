"""The matrix holds what both sides open, and its difference to what is meant."""

from collections.abc import Callable

import pytest

from groundplan.model.flow import Flow
from groundplan.reach import matrix, port
from groundplan.reach.matrix import Matrix, Opening
from groundplan.reach.port import Range

MatrixOf = Callable[[str], Matrix]

EXACT = """
{podSelector: {}, policyTypes: [Ingress, Egress]}
---
podSelector: {matchLabels: {app: api}}
policyTypes: [Ingress]
ingress: [{from: [{podSelector: {matchLabels: {app: web}}}], ports: [{port: 8080}]}]
---
podSelector: {matchLabels: {app: web}}
policyTypes: [Egress]
egress: [{to: [{podSelector: {matchLabels: {app: api}}}], ports: [{port: 8080}]}]
---
podSelector: {matchLabels: {app: web}}
policyTypes: [Ingress]
ingress: [{from: [{ipBlock: {cidr: 192.0.2.0/24}}], ports: [{port: 443}]}]
"""
MEANT = (Flow("web", "api", 8080), Flow("office", "web", 443))


def test_nothing_but_what_is_meant_is_open(matrix_of: MatrixOf) -> None:
    """Two flows, each with the policies that open it."""
    found = matrix_of(EXACT)
    assert matrix.Difference((), ()) == matrix.compare(MEANT, found)
    assert (
        Opening("office", "web", port.one(443), (("policy-3", port.one(443)),)),
        Opening(
            "web",
            "api",
            port.one(8080),
            (("policy-1", port.one(8080)), ("policy-2", port.one(8080))),
        ),
    ) == found.openings


def test_a_flow_that_is_closed_is_missing(matrix_of: MatrixOf) -> None:
    """Without the caller's side, what the callee's side opens is held."""
    found = matrix.compare(MEANT, matrix_of(EXACT.replace("Egress]\negress", "Egress]\nno")))
    assert (Flow("web", "api", 8080),) == found.missing


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        (
            "{podSelector: {matchLabels: {app: db}}, policyTypes: [Ingress], ingress: [{}]}",
            {"agent to db any port (by policy-4)", "office to db any port (by policy-4)"},
        ),
        (
            "{podSelector: {matchLabels: {app: db}}, policyTypes: [Egress], egress: [{}]}",
            {
                "db to agent any port (by policy-4)",
                "db to any other address any port (by policy-4)",
            },
        ),
        (
            "{podSelector: {matchLabels: {app: api}}, policyTypes: [Ingress], "
            "ingress: [{from: [{podSelector: {}}], ports: [{port: 9}]}]}",
            {"db to api tcp 9 (by policy-4, held by the other side)"},
        ),
        (
            "{podSelector: {matchLabels: {app: web}}, policyTypes: [Ingress], "
            "ingress: [{from: [{ipBlock: {cidr: 192.0.2.0/24}}], "
            "ports: [{port: 400, endPort: 500}]}]}",
            {"office to web tcp 400-442, tcp 444-500 (by policy-4)"},
        ),
        (
            "{podSelector: {matchLabels: {app: web}}, policyTypes: [Ingress], "
            "ingress: [{from: [{ipBlock: {cidr: 192.0.2.9/32}}], ports: [{port: 80}]}]}",
            {"office 192.0.2.9/32 to web tcp 80 (by policy-4)"},
        ),
    ],
)
def test_what_is_not_meant_is_named(more: str, expected: set[str], matrix_of: MatrixOf) -> None:
    """With the ports that are too many and the policy, also where the other side holds."""
    found = matrix.compare(MEANT, matrix_of(f"{EXACT}---\n{more}"))
    assert () == found.missing
    assert expected <= {str(each) for each in found.extra}


def test_part_of_a_network_is_not_all_of_it(matrix_of: MatrixOf) -> None:
    """A flow from a network is missing while some of its addresses are kept out."""
    half = EXACT.replace("192.0.2.0/24", "192.0.2.0/25")
    assert (Flow("office", "web", 443),) == matrix.compare(MEANT, matrix_of(half)).missing


def test_pods_without_policies_are_open(matrix_of: MatrixOf) -> None:
    """Nothing isolates them, and that is what is said."""
    found = matrix_of("{podSelector: {matchLabels: {app: none}}}")
    assert "web to db any port (no policy isolates them)" in {str(each) for each in found.open}


def test_what_is_held_is_not_open(matrix_of: MatrixOf) -> None:
    """Each side is judged alone, so that a side that stands open is seen."""
    one_side = """
    {podSelector: {}, policyTypes: [Ingress, Egress]}
    ---
    {podSelector: {matchLabels: {app: api}}, ingress: [{from: [{podSelector: {}}]}]}
    """.replace("\n    ", "\n")
    found = matrix_of(one_side)
    assert () == found.open
    held = [each for each in found.openings if each.is_held]
    assert {("web", "api"), ("api", "api"), ("db", "api")} == {
        (each.origin, each.target) for each in held
    }
    assert {(Range("tcp", 1, 65535),)} == {each.ports[1:2] for each in held}
