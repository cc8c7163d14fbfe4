"""A small cluster of two namespaces, what asks who can reach whom in it, and the reference."""

from collections.abc import Callable
from ipaddress import IPv4Network

import pytest
import yaml

from groundplan.model import placement, way
from groundplan.model.platform import STORES, Platform
from groundplan.reach import group, matrix, port, verdict
from groundplan.reach.address import Block
from groundplan.reach.group import Rule
from groundplan.reach.manifest import Object
from groundplan.reach.matrix import Matrix
from groundplan.reach.pod import Pod
from groundplan.reach.verdict import Verdict
from groundplan.targets import TARGETS

SHOP = {"kubernetes.io/metadata.name": "shop", "team": "shop"}
OPS = {"kubernetes.io/metadata.name": "ops", "team": "ops", "critical": "yes"}
PODS = IPv4Network("10.0.0.0/24")
Ask = Callable[[str, str, str, int, str], bool]


def _pod(name: str, namespace: dict[str, str], **labels: str) -> Pod:
    ports = {"web": ("tcp", 8080), "names": ("udp", 5353)} if name == "api" else {}
    return Pod(name, namespace["kubernetes.io/metadata.name"], labels, namespace, ports, (PODS,))


@pytest.fixture(scope="session")
def pods() -> list[Pod]:
    """Return three pods of the namespace shop."""
    return [
        _pod("web", SHOP, app="web", tier="front"),
        _pod("api", SHOP, app="api", tier="back"),
        _pod("db", SHOP, app="db", tier="back"),
    ]


@pytest.fixture(scope="session")
def others() -> list[Pod]:
    """Return two pods of the namespace ops, one that looks like one of shop."""
    return [_pod("agent", OPS, app="agent"), _pod("ops/web", OPS, app="web", tier="front")]


@pytest.fixture(scope="session")
def matrix_of(pods: list[Pod], others: list[Pod]) -> Callable[[str], Matrix]:
    """Return what computes the matrix of policies, written as the specs of some in shop."""
    networks = {"office": frozenset({Block(IPv4Network("192.0.2.0/24"))})}

    def made(text: str) -> Matrix:
        policies = [
            {
                "kind": "NetworkPolicy",
                "metadata": {"name": f"policy-{number}", "namespace": "shop"},
                "spec": spec,
            }
            for number, spec in enumerate(yaml.safe_load_all(text))
        ]
        return matrix.matrix(policies, pods, others, networks)

    return made


@pytest.fixture(scope="session")
def reaches(matrix_of: Callable[[str], Matrix]) -> Ask:
    """Return what says whether one reaches another on a port under some policies."""

    def asked(text: str, origin: str, target: str, number: int, protocol: str) -> bool:
        wanted = port.one(number, protocol)
        return any(
            port.shared(wanted, each.ports) == wanted
            for each in matrix_of(text).open
            if (each.origin, each.target) == (origin, target)
        )

    return asked


@pytest.fixture(scope="session")
def rules(reference: Platform) -> set[Rule]:
    """Return the rules of security groups that the reference means."""
    return {rule for each in way.ways(reference) for rule in group.needs(each)}


@pytest.fixture(scope="session")
def judged(reference: Platform, rules: set[Rule]) -> Callable[..., Verdict]:
    """Return what judges the reference as it is rendered, with changes."""
    components = (*reference.services, *STORES)
    where = placement.in_kubernetes(
        components,
        namespace=reference.name,
        domain=reference.domain,
        environment="prod",
        encrypted=True,
    )
    files = TARGETS["kubernetes"](reference, where)
    objects = [each for file in files for each in yaml.safe_load_all(file.content)]

    def made(
        *, without: str = "", more: Object | None = None, rules: set[Rule] = rules
    ) -> Verdict:
        found = [
            each
            for each in objects
            if "kind" in each and each.get("metadata", {}).get("name") != without
        ]
        return verdict.judge(reference, [*found, *([more] if more else [])], rules)

    return made
