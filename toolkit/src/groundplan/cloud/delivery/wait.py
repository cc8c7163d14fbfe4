"""Waits until what was delivered is healthy, tells how far it is, and says where it hangs."""

import time
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from groundplan.cloud.delivery import health, trouble
from groundplan.cloud.delivery.apply import Tell, ask
from groundplan.cloud.delivery.health import Health
from groundplan.cloud.delivery.manifest import Identity, Object
from groundplan.errors import NotReadyError, ToolError
from groundplan.tools.kubectl import Cluster

POLL: Final = 2.0
"""Seconds between two looks."""
LINES: Final = 8
"""Last lines of a container's log that are shown."""
SHOWN: Final = 10

States = Mapping[str, Health]


def until_healthy(
    cluster: Cluster, objects: Iterable[Object], namespace: str, timeout: float, tell: Tell
) -> None:
    """Return once every object is healthy.

    Args:
        cluster: where.
        objects: what was delivered.
        namespace: whose pods are looked at when something hangs.
        timeout: seconds to wait at the most.
        tell: is told when something changed.

    Raises:
        NotReadyError: something is not healthy in time, or cannot become it; says where and why.
        ToolError: the cluster cannot be reached.
    """
    waited = [each for each in objects if each.kind in health.WAITED and not each.hook]
    until = time.monotonic() + timeout
    told = ""
    while True:
        states = look(cluster, waited)
        left = {name: state for name, state in states.items() if not state.is_ready}
        line = _progress(states, left)
        if line != told:
            tell(line)
            told = line
        if not left:
            return
        if any(state.has_failed for state in left.values()) or time.monotonic() >= until:
            raise _hangs(cluster, left, namespace)
        time.sleep(POLL)


def look(cluster: Cluster, objects: Sequence[Object]) -> States:
    """Return the health of each object, by its name for people.

    Raises:
        ToolError: the cluster cannot be reached or refuses.
    """
    live = _live(cluster, objects)
    return {each.title: _health(live.get(each.identity)) for each in objects}


def _health(found: Mapping[str, Any] | None) -> Health:
    return health.of(found) if found else health.ABSENT


def _live(cluster: Cluster, objects: Iterable[Object]) -> dict[Identity, Mapping[str, Any]]:
    """Return what the cluster has of these objects, asked once for each namespace."""
    types: dict[str, set[str]] = {}
    for each in objects:
        types.setdefault(each.namespace, set()).add(each.type)
    found: dict[Identity, Mapping[str, Any]] = {}
    for namespace, names in sorted(types.items()):
        where = ("-n", namespace) if namespace else ()
        words = ("get", ",".join(sorted(names)), *where, "-o", "json")
        for values in ask(cluster, words, "tell how things are").get("items", ()):
            found[Object(values).identity] = values
    return found


def _progress(states: States, left: States) -> str:
    done = f"{len(states) - len(left)} of {len(states)} healthy"
    if not left:
        return done
    name, state = next(iter(left.items()))
    return f"{done}; {name}: {state.detail}"


def _hangs(cluster: Cluster, left: States, namespace: str) -> NotReadyError:
    lines = [f"{len(left)} delivered objects are not healthy:"]
    lines += [f"  - {name}: {state.detail}" for name, state in [*left.items()][:SHOWN]]
    for each in _troubles(cluster, namespace)[:SHOWN]:
        lines += [f"  {line}" for line in str(each).splitlines()]
    return NotReadyError(
        "\n".join(lines),
        hint="what was delivered stays; repeat the command to wait on, or return with"
        " ./run rollback ENV",
    )


def _troubles(cluster: Cluster, namespace: str) -> list[trouble.Trouble]:
    try:
        pods = ask(cluster, ("get", "pods", "-n", namespace, "-o", "json"), "list pods")
        events = ask(cluster, ("get", "events", "-n", namespace, "-o", "json"), "list events")
    except ToolError:
        return []

    def logs(pod: str, container: str) -> str:
        words = ("logs", pod, "-c", container, "-n", namespace, f"--tail={LINES}")
        answer = cluster.ask((*words, "--previous"))
        return answer.out if answer.code == 0 else cluster.ask(words).out

    return trouble.find(pods.get("items", ()), events.get("items", ()), logs)
