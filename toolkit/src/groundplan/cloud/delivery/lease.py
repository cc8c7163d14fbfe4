"""One delivery with kubectl at a time: a Lease in the platform's namespace says who delivers.

A lease that ran out, or whose holder is a process of this machine that has ended, is taken over.
"""

import json
import os
import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from groundplan.cloud.delivery import refusal
from groundplan.cloud.delivery.apply import ask
from groundplan.errors import NotReadyError, ToolError
from groundplan.tools.kubectl import Answer, Cluster

NAME: Final = "groundplan-delivery"
SECONDS: Final = 600
"""After so long a lease that nobody gave back counts for nothing."""
FORM: Final = "%Y-%m-%dT%H:%M:%S.%fZ"
TYPE: Final = "lease.v1.coordination.k8s.io"


@contextmanager
def held(cluster: Cluster, namespace: str) -> Iterator[None]:
    """Hold the lease while the block lasts.

    Raises:
        NotReadyError: another delivers.
        ToolError: the cluster cannot be reached or refuses.
    """
    _take(cluster, namespace)
    try:
        yield
    finally:
        cluster.ask(("delete", TYPE, NAME, "-n", namespace, "--ignore-not-found"))


def _take(cluster: Cluster, namespace: str) -> None:
    made = _send(cluster, "create", _lease(namespace))
    if made.code == 0:
        return None
    if "AlreadyExists" not in made.words and "already exists" not in made.words:
        raise _failed(cluster, made)
    words = ("get", TYPE, NAME, "-n", namespace, "-o", "json", "--ignore-not-found")
    found = ask(cluster, words, "read who delivers")
    if not found:
        return _take(cluster, namespace)
    if not _is_over(found["spec"]):
        raise _busy(found["spec"])
    version = str(found["metadata"]["resourceVersion"])
    taken = _send(cluster, "replace", _lease(namespace, version))
    if taken.code:
        raise _busy({"holderIdentity": "another that was faster"})
    return None


def _lease(namespace: str, version: str = "") -> dict[str, Any]:
    now = datetime.now(UTC).strftime(FORM)
    meta = {"name": NAME, "namespace": namespace}
    return {
        "apiVersion": "coordination.k8s.io/v1",
        "kind": "Lease",
        "metadata": {**meta, "resourceVersion": version} if version else meta,
        "spec": {
            "holderIdentity": f"{socket.gethostname()}/{os.getpid()}",
            "leaseDurationSeconds": SECONDS,
            "acquireTime": now,
            "renewTime": now,
        },
    }


def _send(cluster: Cluster, word: str, lease: Mapping[str, Any]) -> Answer:
    return cluster.ask((word, "-f", "-", "-o", "name"), json.dumps(lease))


def _is_over(spec: Mapping[str, Any]) -> bool:
    since = str(spec.get("renewTime", ""))
    try:
        taken = datetime.strptime(since, FORM).replace(tzinfo=UTC)
    except ValueError:
        return True
    age = datetime.now(UTC) - taken
    return age > timedelta(seconds=int(spec.get("leaseDurationSeconds", SECONDS))) or _is_dead(
        str(spec.get("holderIdentity", ""))
    )


def _is_dead(holder: str) -> bool:
    """Say whether the holder was a process of this machine, and is no more."""
    host, _, number = holder.rpartition("/")
    if host != socket.gethostname() or not number.isdigit():
        return False
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False


def _busy(spec: Mapping[str, Any]) -> NotReadyError:
    since = f" since {spec['renewTime']}" if spec.get("renewTime") else ""
    return NotReadyError(
        f"another delivery is under way: by {spec.get('holderIdentity', 'somebody')}{since};"
        " this one changed nothing",
        hint="wait for it to end and repeat; only if nobody delivers any more:"
        f" `kubectl delete lease {NAME}` in the platform's namespace",
    )


def _failed(cluster: Cluster, answer: Answer) -> ToolError:
    if refusal.is_unreachable(answer.words):
        return refusal.unreachable(cluster, answer.words)
    said = refusal.words(answer.words)
    return ToolError(
        f"cluster {cluster} refused to note who delivers: {said}",
        hint=refusal.advice(answer.words),
    )
