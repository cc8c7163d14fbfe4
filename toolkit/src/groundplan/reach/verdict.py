"""The verdict on a platform: what pods and security groups open, and what is not as meant.

Takes the platform, its rendered objects and the rules of its security groups.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from groundplan.model import flow, way
from groundplan.model.flow import Flow
from groundplan.model.platform import DATABASE, STORAGE, Platform
from groundplan.model.way import Way
from groundplan.reach import group, manifest, world
from groundplan.reach.group import Rule
from groundplan.reach.manifest import Object
from groundplan.reach.matrix import Difference, Matrix


@dataclass(frozen=True, slots=True)
class Verdict:
    """Who can reach whom in one environment, with reasons, and what differs from the file."""

    components: tuple[str, ...]
    """Everything of which there are pods."""
    matrix: Matrix
    """What network policies open."""
    reasons: Mapping[Flow, str]
    """Every flow that is meant, and why."""
    pods: Difference
    """What network policies open against what is meant."""
    ways: Mapping[Way, tuple[str, ...]]
    """Every way between security groups that is meant, and why."""
    groups: group.Difference
    """What security groups open against what is meant."""
    held: tuple[Flow, ...]
    """Flows that are meant and that the security groups do not let through."""

    def parties(self) -> set[str]:
        """Return every name that can be asked for."""
        openings = {name for each in self.matrix.openings for name in (each.origin, each.target)}
        return openings | {name for each in self.ways for name in (each.origin, each.target)}

    def explained(self) -> dict[tuple[str, str], str]:
        """Return why there are openings, by the origin and the target of those that are meant."""
        found: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
        for each, reason in self.reasons.items():
            for pair in self.matrix.pairs(each):
                found[pair][reason] = None
        return {pair: ", ".join(reasons) for pair, reasons in found.items()}

    def faults(self) -> Iterator[str]:
        """Yield everything that is not as meant, a line each."""
        for closed in self.pods.missing:
            yield f"closed: {closed} ({self.reasons[closed]})"
        for opening in self.pods.extra:
            yield f"open: {opening}"
        for held in self.held:
            yield f"closed by security groups: {held} ({self.reasons[held]})"
        for missing in self.groups.missing:
            yield f"closed: {missing.key} ({', '.join(self.ways[missing])})"
        for rule in self.groups.extra:
            yield f"open: {rule} (no way needs this rule)"


def judge(platform: Platform, objects: Sequence[Object], rules: Iterable[Rule]) -> Verdict:
    """Judge rendered objects and rules of security groups by what the platform means."""
    rules = frozenset(rules)
    private = platform.network.subnets.private
    pods = manifest.pods(objects, private)
    matrix, difference = world.judge(platform, manifest.policies(objects), pods)
    reasons = flow.flows(platform)
    storage = way.storage(platform)
    return Verdict(
        components=tuple(each.name for each in pods if each.namespace == platform.name),
        matrix=matrix,
        reasons=reasons,
        pods=difference,
        ways=way.ways(platform),
        groups=group.compare(way.ways(platform), rules),
        held=tuple(each for each in reasons if not _passes(each, storage, rules)),
    )


def way_of(meant: Flow, storage: str) -> Way | None:
    """Return the way between security groups that a flow takes; none to its own node.

    Args:
        meant: the flow.
        storage: where buckets are.
    """
    groups = {
        flow.LOAD_BALANCER: way.LOAD_BALANCER,
        DATABASE: way.DATABASE_GROUP,
        STORAGE: storage,
    }
    if meant.target == flow.POD_IDENTITY:
        return None
    origin, target = (groups.get(each, way.NODES) for each in (meant.origin, meant.target))
    return Way(origin, target, meant.port, meant.protocol)


def _passes(meant: Flow, storage: str, rules: frozenset[Rule]) -> bool:
    found = way_of(meant, storage)
    return found is None or group.needs(found) <= rules
