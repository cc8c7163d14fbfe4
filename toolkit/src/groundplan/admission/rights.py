"""Who may do what in a cluster: the roles and bindings of a render, judged and multiplied out.

Takes objects; hands on findings, and the matrix of rights from which `can` answers. Only what the
render itself grants is seen: a role that it does not hold is a finding, since nobody can read what
it allows.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from groundplan.admission.finding import Finding, Object, namespace, title
from groundplan.admission.pod import pods

ROLES: Final = ("Role", "ClusterRole")
BINDINGS: Final = ("RoleBinding", "ClusterRoleBinding")
EVERYWHERE: Final = "*"
"""The namespace of a right that holds in all of them, and of objects that have none."""
POWERFUL: Final = ("escalate", "bind", "impersonate")
"""Verbs by which a subject takes rights that nobody gave it."""
READING: Final = ("get", "list", "watch")
CHANGING: Final = ("create", "update", "patch")
DETOURS: Final = {
    **{
        ("apps", each): CHANGING
        for each in ("deployments", "statefulsets", "daemonsets", "replicasets")
    },
    **{("batch", each): CHANGING for each in ("jobs", "cronjobs")},
    ("", "pods"): ("create",),
    ("", "pods/exec"): ("create", "get"),
    ("", "pods/attach"): ("create", "get"),
    ("", "pods/ephemeralcontainers"): ("update", "patch"),
    ("", "serviceaccounts/token"): ("create",),
}
"""Rights by which somebody reads a Secret without a right to read it: through a pod."""
UNBOUNDED: Final = ("cluster-admin", "system:masters")


class Subject(NamedTuple):
    """Somebody who holds rights; only a service account has a namespace."""

    kind: str
    name: str
    namespace: str = ""

    def __str__(self) -> str:
        return f"{self.kind} {self.namespace}/{self.name}".replace(" /", " ")


@dataclass(frozen=True, slots=True, order=True)
class Right:
    """One verb on one resource (or path outside them), perhaps on one name only."""

    namespace: str
    verb: str
    group: str
    resource: str
    name: str = ""
    """Empty where it holds for all."""


Matrix = Mapping[Subject, frozenset[Right]]


def findings(objects: Iterable[Object], administrators: Collection[str] = ()) -> list[Finding]:
    """Return everything that gives more than it needs.

    Args:
        objects: a whole render.
        administrators: names of subjects that may read Secrets.
    """
    kept = tuple(objects)
    found = [each for role in kept for each in _wild(role)]
    found += [each for role in kept for each in _powerful(role)]
    found += [each for binding in kept for each in _unbounded(binding)]
    found += _unknown_roles(kept)
    found += _secrets(matrix(kept), administrators)
    return [*found, *_tokens(kept)]


def matrix(objects: Iterable[Object]) -> Matrix:
    """Return every right of every subject that a binding names."""
    kept = tuple(objects)
    roles = {_role_key(found): found for found in kept if found["kind"] in ROLES}
    given: dict[Subject, frozenset[Right]] = {}
    for binding in kept:
        if binding["kind"] not in BINDINGS:
            continue
        role = roles.get(_reference_key(binding))
        rights = (
            frozenset(_rights(role, namespace(binding) or EVERYWHERE)) if role else frozenset()
        )
        for subject in _subjects(binding):
            given[subject] = given.get(subject, frozenset()) | rights
    return given


def can(
    given: Matrix, subject: Subject, verb: str, resource: str, *, group: str = "", within: str
) -> bool:
    """Say whether a subject may do something to any object of a resource in a namespace.

    Args:
        given: all rights.
        subject: who asks.
        verb: such as `get`.
        resource: such as `pods`, `pods/log`.
        group: the resource's API group; empty for the oldest ones.
        within: the namespace, or `EVERYWHERE`.
    """
    return any(
        right.verb in (verb, "*")
        and right.resource in (resource, "*")
        and right.group in (group, "*")
        and right.namespace in (within, EVERYWHERE)
        for right in given.get(subject, ())
    )


def _rights(role: Object, where: str) -> Iterator[Right]:
    for rule in _rules(role):
        for verb in rule["verbs"]:
            for group in rule.get("apiGroups") or ():
                for resource in rule.get("resources") or ():
                    for name in rule.get("resourceNames") or ("",):
                        yield Right(where, verb, group, resource, name)
            for path in rule.get("nonResourceURLs") or ():
                yield Right(EVERYWHERE, verb, "", path)


def _wild(role: Object) -> Iterator[Finding]:
    for index, rule in enumerate(_rules(role)):
        for field in ("verbs", "resources", "apiGroups", "nonResourceURLs"):
            wild = [each for each in rule.get(field) or () if "*" in each]
            if wild:
                path = f"rules[{index}].{field}"
                yield Finding(title(role), path, f"must name each, is {', '.join(wild)}")


def _powerful(role: Object) -> Iterator[Finding]:
    for index, rule in enumerate(_rules(role)):
        for verb in rule["verbs"]:
            if verb in POWERFUL:
                path = f"rules[{index}].verbs"
                yield Finding(title(role), path, f"must not let anybody {verb}")


def _unbounded(binding: Object) -> Iterator[Finding]:
    if binding["kind"] not in BINDINGS:
        return
    names = {"roleRef": binding["roleRef"]["name"]}
    names |= {f"subjects[{each.name}]": each.name for each in _subjects(binding)}
    for path, name in names.items():
        if name in UNBOUNDED:
            yield Finding(title(binding), path, f"must not be {name}")


def _unknown_roles(objects: Sequence[Object]) -> list[Finding]:
    roles = {_role_key(found) for found in objects if found["kind"] in ROLES}
    return [
        Finding(
            title(found),
            "roleRef",
            f"must be a role of this render, is {found['roleRef']['name']}",
        )
        for found in objects
        if found["kind"] in BINDINGS and _reference_key(found) not in roles
    ]


def _secrets(given: Matrix, administrators: Collection[str]) -> list[Finding]:
    return [
        Finding(
            str(subject),
            "",
            f"must not {right.verb} {right.resource} in {right.namespace}: it reads Secrets",
        )
        for subject, rights in given.items()
        if subject.name not in administrators
        for right in sorted(rights)
        if _reads_secrets(right)
    ]


def _reads_secrets(right: Right) -> bool:
    if right.resource in ("secrets", "*") and right.group in ("", "*"):
        return right.verb in (*READING, "*")
    return right.verb in DETOURS.get((right.group, right.resource), ())


def _tokens(objects: Sequence[Object]) -> list[Finding]:
    """Find pods that carry a token although their service account may do nothing with it."""
    holders = {(each.namespace, each.name) for each in matrix(objects)}
    return [
        pod.finding("automountServiceAccountToken", "must be false where no role is bound")
        for pod in pods(objects)
        if pod.spec.get("automountServiceAccountToken") is not False
        and (pod.namespace, pod.spec.get("serviceAccountName", "default")) not in holders
    ]


def _rules(role: Object) -> Sequence[Mapping[str, Any]]:
    found: Sequence[Mapping[str, Any]] = role.get("rules") or ()
    return found if role["kind"] in ROLES else ()


def _subjects(binding: Object) -> list[Subject]:
    return [
        Subject(each["kind"], each["name"], each.get("namespace", ""))
        for each in binding.get("subjects") or ()
    ]


def _role_key(role: Object) -> tuple[str, str, str]:
    return role["kind"], namespace(role), role["metadata"]["name"]


def _reference_key(binding: Object) -> tuple[str, str, str]:
    wanted = binding["roleRef"]
    where = namespace(binding) if wanted["kind"] == "Role" else ""
    return wanted["kind"], where, wanted["name"]
