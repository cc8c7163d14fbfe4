"""Where pods hang and why: read from pods and events, each kind with its way out."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

Values = Mapping[str, Any]
Logs = Callable[[str, str], str]
"""Returns the last lines of a container that ended, by pod and container."""

PULL: Final = frozenset(
    {"ImagePullBackOff", "ErrImagePull", "InvalidImageName", "ImageInspectError"}
)
SETUP: Final = frozenset(
    {"CreateContainerConfigError", "CreateContainerError", "RunContainerError"}
)
REFUSED: Final = ("FailedCreate", "FailedMount", "FailedAttachVolume", "FailedScheduling")
PROBE: Final = "Unhealthy"
HINTS: Final = {
    "pull": "the image is not in the registry under this digest, or nodes may not read it: look at"
    " releases/ and at the registry",
    "crash": "its last words are above; ./run rollback returns to what ran before",
    "memory": "it needs more memory than its limit: raise resources.limits.memory in the file",
    "setup": "a Secret or ConfigMap that it mounts is missing: look at the ExternalSecrets",
    "schedule": "no node has room or fits: look at the node groups' max, at requests and at the"
    " cluster autoscaler",
    "probe": "it runs and does not answer its probe: look at its log and at what it calls",
    "quota": "the namespace's quota is used up: lower replicas or requests, or raise the quota",
    "admission": "the namespace enforces the restricted standard, or a policy of the cluster; the"
    " words name the field",
    "mount": "a volume, Secret or ConfigMap is not there: look at the claims and ExternalSecrets",
    "refused": "the words are the cluster's own",
}


@dataclass(frozen=True, slots=True)
class Trouble:
    """One thing that hangs."""

    where: str
    what: str
    hint: str
    log: tuple[str, ...] = ()

    def __str__(self) -> str:
        lines = [f"{self.where}: {self.what}", *(f"    | {line}" for line in self.log)]
        return "\n".join([*lines, f"    hint: {self.hint}"])


def find(pods: Iterable[Values], events: Iterable[Values], logs: Logs) -> list[Trouble]:
    """Return what hangs, alike troubles of a component's pods once."""
    kept, told = tuple(pods), tuple(events)
    found: dict[tuple[str, str], Trouble] = {}
    for pod in kept:
        trouble = _of_pod(pod, told, logs)
        if trouble:
            found.setdefault((_component(pod), trouble.what), trouble)
    for trouble in _of_owners(told, {pod["metadata"]["name"] for pod in kept}):
        found.setdefault((trouble.where, trouble.what), trouble)
    return list(found.values())


def _of_pod(pod: Values, events: Iterable[Values], logs: Logs) -> Trouble | None:
    status = pod.get("status") or {}
    name = f"pod {pod['metadata']['name']}"
    if pod["metadata"].get("deletionTimestamp") or status.get("phase") == "Succeeded":
        return None
    for each in status.get("conditions") or ():
        if each["type"] == "PodScheduled" and each["status"] == "False":
            return Trouble(name, f"no node takes it: {each.get('message', '')}", HINTS["schedule"])
    for kind in ("initContainerStatuses", "containerStatuses"):
        for container in status.get(kind) or ():
            found = _of_container(pod, container, logs)
            if found:
                return found
    return _of_events(pod, events)


def _of_container(pod: Values, container: Values, logs: Logs) -> Trouble | None:
    name = pod["metadata"]["name"]
    where = f"pod {name}, {container['name']}"
    waiting = container.get("state", {}).get("waiting") or {}
    reason, message = waiting.get("reason", ""), waiting.get("message", "")
    ended = container.get("lastState", {}).get("terminated") or (
        container.get("state", {}).get("terminated") or {}
    )
    if reason in PULL:
        return Trouble(where, f"{reason}: {message or container.get('image', '')}", HINTS["pull"])
    if reason in SETUP:
        return Trouble(where, f"{reason}: {message}", HINTS["setup"])
    if ended.get("reason") == "OOMKilled":
        return Trouble(where, "was killed: out of memory", HINTS["memory"])
    if reason == "CrashLoopBackOff" or ended.get("exitCode"):
        lines = tuple(logs(name, container["name"]).splitlines())
        what = f"ends again and again, last with exit code {ended.get('exitCode', 'unknown')}"
        return Trouble(where, what, HINTS["crash"], lines)
    return None


def _of_events(pod: Values, events: Iterable[Values]) -> Trouble | None:
    """Return what the newest warning about a pod that is not ready says."""
    if _is_ready(pod):
        return None
    name = pod["metadata"]["name"]
    for event in sorted(events, key=_when, reverse=True):
        if event.get("involvedObject", {}).get("name") != name:
            continue
        if event.get("reason") == PROBE:
            return Trouble(f"pod {name}", str(event.get("message", "")), HINTS["probe"])
        if event.get("reason") in REFUSED:
            return Trouble(f"pod {name}", str(event.get("message", "")), HINTS["mount"])
    return None


def _of_owners(events: Iterable[Values], pods: set[str]) -> Iterator[Trouble]:
    """Yield what kept pods from being made at all."""
    for event in sorted(events, key=_when, reverse=True):
        about = event.get("involvedObject", {})
        is_ours = event.get("reason") in REFUSED and about.get("kind") != "Pod"
        if is_ours and about.get("name") not in pods:
            message = str(event.get("message", ""))
            yield Trouble(f"{about.get('kind')} {about.get('name')}", message, _cause(message))


def _cause(message: str) -> str:
    if "exceeded quota" in message:
        return HINTS["quota"]
    if "PodSecurity" in message or "admission webhook" in message or "forbidden" in message:
        return HINTS["admission"]
    return HINTS["refused"]


def _is_ready(pod: Values) -> bool:
    conditions = (pod.get("status") or {}).get("conditions") or ()
    return any(each["type"] == "Ready" and each["status"] == "True" for each in conditions)


def _component(pod: Values) -> str:
    labels = pod["metadata"].get("labels") or {}
    return str(labels.get("app.kubernetes.io/name", pod["metadata"]["name"]))


def _when(event: Values) -> str:
    return str(event.get("lastTimestamp") or event.get("eventTime") or "")
