"""How large the stack is."""

from collections.abc import Callable

from groundplan.admission import capacity, quota
from groundplan.model.platform import Platform
from groundplan.targets.monitoring.elastic import size


def with_nodes(platform_with: Callable[[str], Platform], *types: str) -> Platform:
    """Return the reference on nodes of these types alone."""
    group = f"{{instanceTypes: [{', '.join(types)}], min: 1, desired: 3, max: 20}}"
    return platform_with(f"cluster: {{nodeGroups: {{main: {group}, spare: {group}}}}}")


def test_small_nodes_hold_one_small_node_of_it(platform_with: Callable[[str], Platform]) -> None:
    """Which leaves room on the smallest; no index waits for a second node."""
    found = size.of(with_nodes(platform_with, "t3.medium", "t3.large"))
    assert (1, 1, 0) == (found.nodes, found.copies, found.replicas)
    [node] = capacity.nodes(with_nodes(platform_with, "t3.medium"))[:1]
    assert quota.amount(found.memory) < node.memory


def test_large_nodes_hold_one_a_zone(platform_with: Callable[[str], Platform]) -> None:
    """Each index twice; a type that nobody knows counts as large."""
    for types in (("t3.large", "t3.xlarge"), ("x9.huge",)):
        found = size.of(with_nodes(platform_with, *types))
        assert (3, "4Gi", 2, 1) == (found.nodes, found.memory, found.copies, found.replicas)
