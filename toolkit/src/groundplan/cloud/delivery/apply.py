"""Applies objects with kubectl, server-side, phase by phase; every phase can be repeated.

Objects that are refused are tried once more, each by itself, so that the error can name them.
"""

import json
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final

from groundplan.cloud.delivery import health, order, refusal
from groundplan.cloud.delivery.manifest import Object
from groundplan.cloud.delivery.order import Phase
from groundplan.errors import NotReadyError, ToolError
from groundplan.tools.kubectl import Answer, Cluster

Tell = Callable[[str], None]

MANAGER: Final = "groundplan"
"""Who owns the fields that we set."""
POLL: Final = 1.0
"""Seconds between two looks at a job."""
APPLY: Final = ("apply", "--server-side", f"--field-manager={MANAGER}", "-o", "name", "-f", "-")
SHOWN: Final = 8
BATCH: Final = 200
"""Objects that one kubectl applies; so many take a few seconds."""


def apply(cluster: Cluster, objects: Iterable[Object], tell: Tell, timeout: float) -> None:
    """Apply all objects, in their order; jobs that are hooks run to their end.

    Args:
        cluster: where.
        objects: what is to be there.
        tell: is told of each phase.
        timeout: seconds that the hooks of a phase may take.

    Raises:
        ToolError: the cluster cannot be reached or refuses; what was applied stays.
        NotReadyError: a hook failed or took too long; nothing after it was applied.
    """
    for phase in order.phases(objects):
        tell(f"applying {phase.name}: {len(phase.objects)} objects")
        if phase.is_hook:
            _delete_jobs(cluster, phase)
        for start in range(0, len(phase.objects), BATCH):
            _apply(cluster, phase.objects[start : start + BATCH])
        if phase.is_hook:
            _finish(cluster, phase, tell, timeout)


def document(objects: Iterable[Object]) -> str:
    """Return objects as kubectl reads them: JSON, one after the other."""
    # As a List they would be validated by kubectl's own older way
    return "".join(f"{json.dumps(dict(each.values))}\n" for each in objects)


def _apply(cluster: Cluster, objects: Sequence[Object]) -> None:
    answer = cluster.ask(APPLY, document(objects))
    if answer.code == 0:
        return
    if refusal.is_unreachable(answer.words):
        raise refusal.unreachable(cluster, answer.words)
    refused = {
        each.title: said for each in _left(objects, answer) if (said := _once(cluster, each))
    }
    if refused:
        raise _refused(cluster, refused, len(objects))


def _once(cluster: Cluster, found: Object) -> str:
    """Apply one object, and return what the cluster has against it."""
    answer = cluster.ask(APPLY, document([found]))
    if answer.code and refusal.is_unreachable(answer.words):
        raise refusal.unreachable(cluster, answer.words)
    return answer.words or "no reason is given" if answer.code else ""


def _left(objects: Iterable[Object], answer: Answer) -> list[Object]:
    """Return the objects of which kubectl does not say that they were applied."""
    done = Counter(answer.out.split())
    left = []
    for each in objects:
        group = each.identity.group
        name = f"{each.kind.lower()}{f'.{group}' if group else ''}/{each.name}"
        if done[name]:
            done[name] -= 1
        else:
            left.append(each)
    return left


def _refused(cluster: Cluster, refused: Mapping[str, str], count: int) -> ToolError:
    rest = "; the others are applied" if len(refused) < count else ""
    lines = [f"cluster {cluster} refused {len(refused)} of {count} objects{rest}:"]
    lines += [f"  - {name}: {refusal.words(said)}" for name, said in [*refused.items()][:SHOWN]]
    if len(refused) > SHOWN:
        lines.append(f"  and {len(refused) - SHOWN} more")
    hints = dict.fromkeys(filter(None, map(refusal.advice, refused.values())))
    repeat = "nothing is lost; the command can be repeated"
    return ToolError("\n".join(lines), hint="\n  hint: ".join([*hints, repeat]))


def _delete_jobs(cluster: Cluster, phase: Phase) -> None:
    """Remove the jobs of an earlier delivery, which Kubernetes would not change."""
    words = ("delete", "--ignore-not-found", "--wait=true", "-f", "-")
    answer = cluster.ask(words, document(phase.objects))
    if answer.code:
        _raise(cluster, answer, "remove jobs of the last delivery")


def _finish(cluster: Cluster, phase: Phase, tell: Tell, timeout: float) -> None:
    """Wait for the jobs of a phase."""
    until = time.monotonic() + timeout
    while True:
        states = {each.title: _state(cluster, each) for each in phase.objects}
        left = {name: state for name, state in states.items() if not state.is_ready}
        if not left:
            return
        words = "; ".join(f"{name} {state.detail}" for name, state in left.items())
        if any(state.has_failed for state in left.values()) or time.monotonic() > until:
            raise NotReadyError(
                f"{words}; what comes after it was not applied",
                hint=f"`kubectl logs -n {phase.objects[0].namespace} job/NAME` shows its words;"
                " the command can be repeated",
            )
        tell(f"waiting for {words}")
        time.sleep(POLL)


def _state(cluster: Cluster, found: Object) -> health.Health:
    words = ("get", found.type, found.name, "-n", found.namespace, "-o", "json")
    answer = cluster.ask((*words, "--ignore-not-found"))
    if answer.code:
        _raise(cluster, answer, f"read {found.title}")
    return health.of(json.loads(answer.out)) if answer.out.strip() else health.ABSENT


def ask(cluster: Cluster, words: Sequence[str], what: str, stdin: str = "") -> Any:
    """Return the JSON that kubectl answers.

    Raises:
        ToolError: the cluster cannot be reached or refuses.
    """
    answer = cluster.ask(words, stdin)
    if answer.code:
        _raise(cluster, answer, what)
    return json.loads(answer.out) if answer.out.strip() else {}


def _raise(cluster: Cluster, answer: Answer, what: str) -> None:
    if refusal.is_unreachable(answer.words):
        raise refusal.unreachable(cluster, answer.words)
    raise ToolError(
        f"cluster {cluster} refused to {what}: {refusal.words(answer.words)}",
        hint=refusal.advice(answer.words),
    )
