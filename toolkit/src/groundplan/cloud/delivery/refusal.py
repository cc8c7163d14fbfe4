"""What a cluster's refusal means: its words are kept, and a hint is added."""

import re
from dataclasses import dataclass
from typing import Final

from groundplan.errors import ToolError

UNREACHABLE: Final = re.compile(
    r"Unable to connect|connection refused|was refused|no such host|i/o timeout|timed out|"
    r"network is unreachable|no route to host|connection reset|broken pipe|\bEOF\b|"
    r"handshake timeout|deadline exceeded|Client\.Timeout|connection lost|x509: |"
    r"http: server gave HTTP response to HTTPS client"
)
CONFLICT: Final = re.compile(r"Apply failed with \d+ conflicts?: (.*)", re.DOTALL)
_OWNER: Final = re.compile(r'conflicts? with "([^"]+)"(?: with subresource "[^"]+")?[^:]*:')
_FIELD: Final = re.compile(r"(?:^|\s)(\.[A-Za-z][^\s,]*)")
_NOISE: Final = re.compile(r"^[EWI]\d{4} .*$", re.MULTILINE)
FORCE: Final = "kubectl apply --server-side --force-conflicts --field-manager=groundplan -f FILE"


@dataclass(frozen=True, slots=True)
class Hint:
    """What is known about a kind of refusal."""

    name: str
    pattern: re.Pattern[str]
    advice: str


def _hint(name: str, pattern: str, advice: str) -> Hint:
    return Hint(name, re.compile(pattern, re.IGNORECASE), advice)


HINTS: Final = (
    _hint(
        "conflict",
        r"Apply failed with \d+ conflict",
        "whoever set a field last owns it; to take it over on purpose run"
        f" `{FORCE}`, or leave it to its owner with a patch in patches/ that removes it",
    ),
    _hint(
        "pod-security",
        r"violates PodSecurity",
        "the namespace enforces the restricted standard; the words name the fields, and a patch in"
        " patches/ may have loosened them",
    ),
    _hint(
        "quota",
        r"exceeded quota",
        "the namespace's quota is used up: lower replicas or requests, or raise the quota",
    ),
    _hint(
        "webhook",
        r"admission webhook|failed calling webhook|ValidatingAdmissionPolicy|denied the request",
        "a policy of the cluster refuses it; the words name the policy, and whoever runs the"
        " cluster can say what it asks for",
    ),
    _hint(
        "credentials",
        r"must be logged in|Unauthorized|provide credentials|getting credentials|expired",
        "sign in again (`aws sso login`, `aws eks update-kubeconfig`), and repeat",
    ),
    _hint(
        "forbidden",
        r"is forbidden|cannot \w+ resource",
        "the account that kubectl uses may not do this: ask for the operator's role, or use"
        " another context",
    ),
    _hint(
        "immutable",
        r"immutable|updates to statefulset spec",
        "Kubernetes never changes this field of an existing object: delete the object with"
        " `kubectl delete --cascade=orphan`, and repeat",
    ),
    _hint(
        "unknown-kind",
        r"no matches for kind|resource mapping not found|doesn't have a resource type",
        "its operator is not in the cluster: the applications in generated/ENV/kubernetes/argocd"
        " install it",
    ),
    _hint(
        "unknown-field",
        r"strict decoding error|unknown field",
        "the cluster's version does not know the field; a patch in patches/ may have misspelt it",
    ),
    _hint(
        "terminating",
        r"is being terminated|being deleted",
        "it is still being removed: wait until it is gone, and repeat",
    ),
)
"""The first that fits is taken."""


def words(said: str) -> str:
    """Return kubectl's words without its own log lines, a conflict as field and owner."""
    clear = _NOISE.sub("", said).strip() or said
    first = "\n".join(line.strip() for line in clear.splitlines() if line.strip())
    conflict = CONFLICT.search(first)
    if conflict:
        return _conflict(conflict[1])
    text = " ".join(first.split())
    return text.removeprefix("Error from server ").removeprefix("error: ")


def is_unreachable(said: str) -> bool:
    """Say whether the cluster was not asked at all, or its answer was lost."""
    return UNREACHABLE.search(said) is not None and "webhook" not in said


def unreachable(cluster: object, said: str) -> ToolError:
    """Return the error for a cluster that does not answer."""
    lines = words(said).splitlines() or ["nothing"]
    return ToolError(
        f"cluster {cluster} cannot be reached: {lines[-1]}",
        hint="look at the network, the VPN and the context (`kubectl config get-contexts`); what"
        " was applied stays, and the command can be repeated",
    )


def advice(said: str) -> str:
    """Return what to do about a refusal; nothing where that is not known."""
    return next((each.advice for each in HINTS if each.pattern.search(said)), "")


def _conflict(said: str) -> str:
    """Say which fields another owns, and who."""
    text = said.partition("Please review")[0]
    owners = [*_OWNER.finditer(text)]
    ends = [*(each.start() for each in owners[1:]), len(text)]
    parts = []
    for owner, end in zip(owners, ends, strict=True):
        fields = _FIELD.findall(text[owner.end() : end])
        parts.append(f"{', '.join(fields) or 'fields'} owned by {owner[1]}")
    return "conflict: " + ("; ".join(parts) or " ".join(text.split()))
