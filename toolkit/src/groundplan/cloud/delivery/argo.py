"""Whether Argo CD has brought a commit to the cluster, asked of its Application objects."""

import time
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from groundplan.cloud.delivery.apply import Tell, ask
from groundplan.errors import NotReadyError, ToolError
from groundplan.tools.kubectl import Cluster

TYPE: Final = "applications.argoproj.io"
POLL: Final = 2.0
"""Seconds between two looks."""


def until_synced(cluster: Cluster, folder: str, commit: str, timeout: float, tell: Tell) -> None:
    """Return once every Application that reads below a folder has synced a commit.

    Args:
        cluster: where Argo CD runs.
        folder: of the environment, in the repository.
        commit: what was delivered.
        timeout: seconds to wait at the most.
        tell: is told when something changed.

    Raises:
        NotReadyError: Argo CD has not synced it in time, or cannot; its words are kept.
        ToolError: the cluster cannot be reached, or has no such Application.
    """
    until = time.monotonic() + timeout
    told = ""
    while True:
        found = [each for each in _applications(cluster) if _reads(each, folder)]
        if not found:
            raise ToolError(
                f"no Application of Argo CD in {cluster} reads {folder}",
                hint="generated/ENV/kubernetes/argocd holds them: apply it once; or deliver with"
                " --apply",
            )
        left = [_state(each) for each in found if not _has(each, commit)]
        if not left:
            return
        line = "; ".join(left)
        if line != told:
            tell(f"Argo CD: {line}")
            told = line
        failed = [words for each in found for words in _failures(each, commit)]
        if failed or time.monotonic() >= until:
            why = "; ".join(failed or left)
            raise NotReadyError(
                f"Argo CD has not brought {commit[:12]} to the cluster: {why}",
                hint="the commit is delivered; look at the Application in Argo CD, or return with"
                " ./run rollback ENV",
            )
        time.sleep(POLL)


def _applications(cluster: Cluster) -> list[Mapping[str, Any]]:
    words = ("get", TYPE, "-A", "-o", "json")
    found: list[Mapping[str, Any]] = ask(cluster, words, "list Argo CD's Applications")["items"]
    return found


def _reads(found: Mapping[str, Any], folder: str) -> bool:
    return any(f"{each.get('path', '')}/".startswith(f"{folder}/") for each in _sources(found))


def _sources(found: Mapping[str, Any]) -> Iterable[Mapping[str, Any]]:
    spec = found["spec"]
    return (*([spec["source"]] if "source" in spec else ()), *spec.get("sources", ()))


def _has(found: Mapping[str, Any], commit: str) -> bool:
    sync = found.get("status", {}).get("sync", {})
    revisions = {sync.get("revision"), *(sync.get("revisions") or ())}
    return sync.get("status") == "Synced" and commit in revisions


def _state(found: Mapping[str, Any]) -> str:
    sync = found.get("status", {}).get("sync", {})
    name = found["metadata"]["name"]
    return f"{name} is {sync.get('status', 'Unknown')} at {str(sync.get('revision', ''))[:12]}"


def _failures(found: Mapping[str, Any], commit: str) -> Iterator[str]:
    """Yield what Argo CD says of a sync of this commit that failed."""
    operation = found.get("status", {}).get("operationState") or {}
    revision = (operation.get("syncResult") or {}).get("revision", commit)
    if operation.get("phase") in ("Failed", "Error") and revision == commit:
        yield f"{found['metadata']['name']}: {operation.get('message', 'failed')}"
