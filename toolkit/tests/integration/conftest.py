"""A Kubernetes API server for tests: enough of it for the real kubectl to apply, list and delete.

Objects are kept in memory, with who owns which field. It can be told to refuse, to hang, to drop
the connection half-way, and how what is applied fares afterwards.
"""

import json
import re
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml

from groundplan.tools import kubectl

Values = dict[str, Any]
TYPES = {
    "v1": "ConfigMap Event LimitRange Namespace PersistentVolumeClaim Pod ResourceQuota Secret"
    " Service ServiceAccount",
    "apps/v1": "DaemonSet Deployment StatefulSet",
    "argoproj.io/v1alpha1": "Application AppProject",
    "autoscaling/v2": "HorizontalPodAutoscaler",
    "batch/v1": "CronJob Job",
    "cert-manager.io/v1": "Certificate Issuer ClusterIssuer",
    "coordination.k8s.io/v1": "Lease",
    "elbv2.k8s.aws/v1beta1": "IngressClassParams",
    "external-secrets.io/v1": "ExternalSecret SecretStore ClusterSecretStore",
    "networking.k8s.io/v1": "Ingress IngressClass NetworkPolicy",
    "policy/v1": "PodDisruptionBudget",
    "rbac.authorization.k8s.io/v1": "ClusterRole ClusterRoleBinding Role RoleBinding",
    "scheduling.k8s.io/v1": "PriorityClass",
    "storage.k8s.io/v1": "StorageClass VolumeSnapshotClass",
}
CLUSTER_WIDE = (
    "Namespace",
    "ClusterRole",
    "ClusterRoleBinding",
    "PriorityClass",
    "StorageClass",
    "ClusterIssuer",
    "ClusterSecretStore",
    "IngressClass",
    "IngressClassParams",
)
WAY = re.compile(
    r"/(?:api|apis/(?P<group>[^/]+))/(?P<version>[^/]+)(?:/namespaces/(?P<namespace>[^/]+))?"
    r"/(?P<plural>[a-z]+)(?:/(?P<name>[^/]+))?(?:/(?P<sub>log|status))?"
)
NAMESPACES = re.compile(r"/api/v1/namespaces(?:/(?P<name>[^/]+))?")


@dataclass(frozen=True)
class Key:
    """What tells an object from all others."""

    version: str
    plural: str
    namespace: str
    name: str


def plural(kind: str) -> str:
    """Return a kind's name in addresses."""
    word = kind.lower()
    if word.endswith("y"):
        return f"{word[:-1]}ies"
    return word if word.endswith("params") else f"{word}es" if word.endswith("s") else f"{word}s"


KINDS = {
    (version, plural(kind)): kind for version, kinds in TYPES.items() for kind in kinds.split()
}


@dataclass
class FakeCluster:
    """The server's state, and what it is told to do."""

    objects: dict[Key, Values] = field(default_factory=dict)
    owners: dict[Key, dict[str, str]] = field(default_factory=dict)
    """Who owns each field, by object and path."""
    refused: dict[tuple[str, str], tuple[int, str]] = field(default_factory=dict)
    """Code and words with which a kind and name are refused."""
    drops_after: int | None = None
    """After so many applied objects connections are closed without an answer."""
    stalls_after: int | None = None
    """After so many applied objects an answer takes until `resume` is set."""
    resume: threading.Event = field(default_factory=threading.Event)
    hangs: bool = False
    fare: Callable[[Values], Values | None] = lambda values: healthy(values)
    """Returns the status that an applied object gets."""
    logs: dict[str, str] = field(default_factory=dict)
    applied: int = 0
    lock: threading.RLock = field(default_factory=threading.RLock)
    kubeconfig: Path = Path()

    def add(self, version: str, kind: str, name: str, namespace: str = "", **rest: Any) -> None:
        """Put an object into the cluster as if another had made it."""
        key = Key(version, plural(kind), namespace, name)
        meta = {"name": name, **rest.pop("metadata", {})}
        if namespace:
            meta["namespace"] = namespace
        self.objects[key] = {"apiVersion": version, "kind": kind, "metadata": meta, **rest}
        self._number(self.objects[key])

    def find(self, kind: str, name: str) -> Values | None:
        """Return an object."""
        found = [
            values
            for key, values in self.objects.items()
            if (key.plural, key.name) == (plural(kind), name)
        ]
        return found[0] if found else None

    def names(self, kind: str) -> set[str]:
        """Return the names of all objects of a kind."""
        return {key.name for key in self.objects if key.plural == plural(kind)}

    def own(self, kind: str, name: str, path: str, manager: str) -> None:
        """Let another own a field of an object."""
        key = next(k for k in self.objects if (k.plural, k.name) == (plural(kind), name))
        self.owners.setdefault(key, {})[path] = manager

    def apply(self, key: Key, values: Values, manager: str, *, force: bool) -> Values:
        """Apply server-side; raises ConflictError where another owns a field that differs."""
        before, owners = self.objects.get(key, {}), self.owners.setdefault(key, {})
        new = dict(_leaves(values))
        old = dict(_leaves(before))
        taken = {
            path: owners[path]
            for path, value in new.items()
            if owners.get(path, manager) != manager and old.get(path) != value
        }
        if taken and not force:
            raise ConflictError(taken)
        gone = {path for path, who in owners.items() if who == manager} - set(new)
        merged = _merged(_without(before, gone), values)
        self.owners[key] = {p: w for p, w in owners.items() if p not in gone} | dict.fromkeys(
            new, manager
        )
        self.objects[key] = merged
        merged["metadata"]["generation"] = merged["metadata"].get("generation", 0) + 1
        if status := self.fare(merged):
            merged["status"] = status
        self._number(merged)
        return merged

    def _number(self, values: Values) -> None:
        self._version = getattr(self, "_version", 0) + 1
        values["metadata"].setdefault("uid", f"uid-{self._version}")
        values["metadata"]["resourceVersion"] = str(self._version)


class ConflictError(Exception):
    """Fields that others own."""

    def __init__(self, fields: Mapping[str, str]) -> None:
        super().__init__(fields)
        by: dict[str, list[str]] = {}
        for path, manager in fields.items():
            by.setdefault(manager, []).append(path)
        count = len(fields)
        parts = []
        for manager, paths in by.items():
            if len(paths) == 1:
                parts.append(f'conflict with "{manager}": {paths[0]}')
            else:
                lines = "".join(f"\n- {path}" for path in paths)
                parts.append(f'conflicts with "{manager}":{lines}')
        word = "conflict" if count == 1 else "conflicts"
        self.message = f"Apply failed with {count} {word}: " + "\n".join(parts)
        self.causes = [
            {"reason": "FieldManagerConflict", "field": path, "message": f'conflict with "{who}"'}
            for path, who in fields.items()
        ]


def healthy(values: Values) -> Values | None:
    """Return the status of an object with which all is well."""
    generation = {"observedGeneration": values["metadata"].get("generation", 1)}
    wanted = values.get("spec", {}).get("replicas", 1)
    names = ("replicas", "updatedReplicas", "availableReplicas", "readyReplicas")
    ready = {**generation, **dict.fromkeys(names, wanted)}
    ok = [{"type": "Ready", "status": "True"}]
    return {
        "Deployment": ready,
        "DaemonSet": {
            **generation,
            **dict.fromkeys(
                ("desiredNumberScheduled", "numberReady", "updatedNumberScheduled"), 3
            ),
        },
        "StatefulSet": {**ready, "currentRevision": "1", "updateRevision": "1"},
        "Job": {"conditions": [{"type": "Complete", "status": "True"}]},
        "HorizontalPodAutoscaler": {"conditions": [{"type": "ScalingActive", "status": "True"}]},
        "PersistentVolumeClaim": {"phase": "Bound"},
        "Ingress": {"loadBalancer": {"ingress": [{"hostname": "alb.example"}]}},
        "ExternalSecret": {"conditions": ok},
        "Certificate": {"conditions": ok},
        "Issuer": {"conditions": ok},
    }.get(values["kind"])


def _leaves(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict) and value:
        for key, below in value.items():
            if path or key not in ("apiVersion", "kind", "status"):
                skipped = path == ".metadata" and key in ("name", "namespace")
                if not skipped:
                    yield from _leaves(below, f"{path}.{key}")
    elif path:
        yield path, value


def _without(value: Values, gone: set[str], path: str = "") -> Values:
    return {
        key: _without(below, gone, f"{path}.{key}") if isinstance(below, dict) else deepcopy(below)
        for key, below in value.items()
        if f"{path}.{key}" not in gone
    }


def _merged(below: Any, above: Any) -> Any:
    if not isinstance(below, dict) or not isinstance(above, dict):
        return deepcopy(above)
    return {
        key: _merged(below.get(key), above[key]) if key in above else deepcopy(below[key])
        for key in {**below, **above}
    }


class Handler(BaseHTTPRequestHandler):
    """Answers kubectl."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    cluster: FakeCluster

    def _answer(self) -> None:
        size = int(self.headers.get("content-length") or 0)
        body = self.rfile.read(size)
        if self.cluster.hangs:
            time.sleep(30)
        limit = self.cluster.stalls_after
        if self.command == "PATCH" and limit is not None and self.cluster.applied >= limit:
            self.cluster.resume.wait(30)
        address = urlsplit(self.path)
        with self.cluster.lock:
            self._route(address.path, parse_qs(address.query), body)

    do_GET = do_POST = do_PATCH = do_PUT = do_DELETE = _answer  # noqa: N815

    def log_message(self, *_: Any) -> None:
        """Say nothing."""

    def _route(self, path: str, query: Mapping[str, list[str]], body: bytes) -> None:
        if (found := _discovery(path)) is not None:
            self._send(200, found)
            return
        match = NAMESPACES.fullmatch(path)
        parts = match.groupdict() if match else {}
        if match is None:
            if not (other := WAY.fullmatch(path)):
                self._status(404, "NotFound", "no such path")
                return
            parts = other.groupdict()
        group = parts.get("group")
        version = f"{group}/{parts['version']}" if group else "v1"
        key = Key(
            version,
            parts.get("plural") or "namespaces",
            parts.get("namespace") or "",
            parts.get("name") or "",
        )
        if (version, key.plural) not in KINDS:
            self._status(404, "NotFound", "the server could not find the requested resource")
        elif parts.get("sub") == "log":
            self._text(self.cluster.logs.get(key.name, ""))
        else:
            getattr(self, f"_{self.command.lower()}")(key, query, body)

    def _get(self, key: Key, query: Mapping[str, list[str]], _: bytes) -> None:
        if key.name:
            found = self.cluster.objects.get(key)
            self._send(200, found) if found else self._missing(key)
            return
        wanted = [each for each in query.get("labelSelector", [""])[0].split(",") if each]
        items = [
            values
            for each, values in self.cluster.objects.items()
            if (each.version, each.plural) == (key.version, key.plural)
            and key.namespace in ("", each.namespace)
            and all(_has_label(values, pair) for pair in wanted)
        ]
        kind = f"{KINDS[key.version, key.plural]}List"
        meta = {"resourceVersion": "1"}
        listed = {"apiVersion": key.version, "kind": kind, "metadata": meta, "items": items}
        self._send(200, listed)

    def _patch(self, key: Key, query: Mapping[str, list[str]], body: bytes) -> None:
        values = yaml.safe_load(body)
        cluster = self.cluster
        if cluster.drops_after is not None and cluster.applied >= cluster.drops_after:
            self.close_connection = True
            self.connection.close()
            return
        if refused := cluster.refused.get((values["kind"], key.name)):
            reason = {403: "Forbidden", 422: "Invalid"}.get(refused[0], "InternalError")
            self._status(refused[0], reason, refused[1])
            return
        space = Key("v1", "namespaces", "", key.namespace)
        if key.namespace and space not in cluster.objects:
            self._status(404, "NotFound", f'namespaces "{key.namespace}" not found')
            return
        try:
            force = query.get("force") == ["true"]
            found = cluster.apply(key, values, query["fieldManager"][0], force=force)
        except ConflictError as conflict:
            self._status(409, "Conflict", conflict.message, {"causes": conflict.causes})
            return
        cluster.applied += 1
        self._send(200, found)

    def _post(self, key: Key, _: Mapping[str, list[str]], body: bytes) -> None:
        values = yaml.safe_load(body)
        key = Key(key.version, key.plural, key.namespace, values["metadata"]["name"])
        if key in self.cluster.objects:
            said = f'{key.plural}.{key.version.split("/")[0]} "{key.name}" already exists'
            self._status(409, "AlreadyExists", said)
            return
        self.cluster.objects[key] = values
        self.cluster._number(values)
        self._send(201, values)

    def _put(self, key: Key, _: Mapping[str, list[str]], body: bytes) -> None:
        values, before = yaml.safe_load(body), self.cluster.objects.get(key)
        version = values["metadata"].get("resourceVersion")
        if before is None:
            self._missing(key)
        elif version and version != before["metadata"]["resourceVersion"]:
            self._status(409, "Conflict", "the object has been modified")
        else:
            self.cluster.objects[key] = values
            self.cluster._number(values)
            self._send(200, values)

    def _delete(self, key: Key, _: Mapping[str, list[str]], __: bytes) -> None:
        self.cluster.owners.pop(key, None)
        if self.cluster.objects.pop(key, None) is None:
            self._missing(key)
        else:
            self._send(200, {"kind": "Status", "apiVersion": "v1", "status": "Success"})

    def _missing(self, key: Key) -> None:
        self._status(404, "NotFound", f'{key.plural} "{key.name}" not found')

    def _status(self, code: int, reason: str, message: str, details: Values | None = None) -> None:
        status = {"kind": "Status", "apiVersion": "v1", "status": "Failure", "code": code}
        self._send(code, {**status, "reason": reason, "message": message, "details": details})

    def _send(self, code: int, values: Any) -> None:
        self._bytes(code, json.dumps(values).encode(), "application/json")

    def _text(self, text: str) -> None:
        self._bytes(200, text.encode(), "text/plain")

    def _bytes(self, code: int, out: bytes, kind: str) -> None:
        self.send_response(code)
        self.send_header("content-type", kind)
        self.send_header("content-length", str(len(out)))
        self.end_headers()
        self.wfile.write(out)


def _has_label(values: Values, pair: str) -> bool:
    key, _, value = pair.partition("=")
    return bool((values["metadata"].get("labels") or {}).get(key) == value)


def _discovery(path: str) -> Values | None:
    """Return what a path of discovery says; None where it is none."""
    groups = [version for version in TYPES if "/" in version]
    if path == "/version":
        return {"major": "1", "minor": "36", "gitVersion": "v1.36.0"}
    if path == "/api":
        return {"kind": "APIVersions", "versions": ["v1"]}
    if path == "/apis":
        return {"kind": "APIGroupList", "apiVersion": "v1", "groups": [*map(_group, groups)]}
    if path == "/openapi/v3":
        names = [_path(version) for version in TYPES]
        return {"paths": {n: {"serverRelativeURL": f"/openapi/v3/{n}"} for n in names}}
    if path.startswith("/openapi/v3/"):
        return _openapi(path.removeprefix("/openapi/v3/"))
    for version in TYPES:
        if path == f"/{_path(version)}":
            return _resources(version)
    return None


def _path(version: str) -> str:
    return f"apis/{version}" if "/" in version else f"api/{version}"


def _group(version: str) -> Values:
    name, number = version.split("/")
    entry = {"groupVersion": version, "version": number}
    return {"name": name, "versions": [entry], "preferredVersion": entry}


def _resources(version: str) -> Values:
    verbs = ["create", "delete", "get", "list", "patch", "update", "watch"]
    found = [
        {
            "name": plural(kind),
            "singularName": kind.lower(),
            "namespaced": kind not in CLUSTER_WIDE,
            "kind": kind,
            "verbs": verbs,
        }
        for kind in TYPES[version].split()
    ]
    return {"kind": "APIResourceList", "groupVersion": version, "resources": found}


def _openapi(name: str) -> Values:
    """Say that every kind can be validated by the server."""
    version = name.partition("/")[2]
    group, _, number = version.rpartition("/")
    paths = {
        f"/{name}/{plural(kind)}/{{name}}": {
            "patch": {
                "parameters": [{"name": "fieldValidation", "in": "query"}],
                "x-kubernetes-group-version-kind": {
                    "group": group,
                    "version": number,
                    "kind": kind,
                },
                "responses": {},
            }
        }
        for kind in TYPES.get(version, "").split()
    }
    info = {"title": "test", "version": "1"}
    return {"openapi": "3.0.0", "info": info, "paths": paths}


@pytest.fixture
def fake_cluster(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeCluster]:
    """Yield a cluster that the current context names, for the kubectl of our own environment."""
    cluster = FakeCluster()
    # cert-manager itself comes with the cluster's services, before any delivery.
    cluster.add("v1", "Namespace", "cert-manager")
    handler = type("Bound", (Handler,), {"cluster": cluster})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    cluster.kubeconfig = tmp_path / "kubeconfig"
    where = {"server": f"http://127.0.0.1:{server.server_port}"}
    context = {"cluster": "fake", "user": "tester"}
    cluster.kubeconfig.write_text(
        json.dumps(
            {
                "apiVersion": "v1",
                "kind": "Config",
                "clusters": [{"name": "fake", "cluster": where}],
                "users": [{"name": "tester", "user": {}}],
                "contexts": [{"name": "fake", "context": context}],
                "current-context": "fake",
            }
        )
    )
    monkeypatch.setattr(kubectl, "on_path", lambda _: None)
    monkeypatch.setenv("KUBECONFIG", str(cluster.kubeconfig))
    monkeypatch.setenv("KUBECACHEDIR", str(tmp_path / "kube-cache"))
    yield cluster
    server.shutdown()
    server.server_close()


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a git repository with one commit, whose author needs no configuration."""
    for role in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{role}_NAME", "Tester")
        monkeypatch.setenv(f"GIT_{role}_EMAIL", "tester@example.com")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    folder = tmp_path / "repository"
    folder.mkdir()
    (folder / "README.md").write_text("a platform\n")
    for words in (["init", "-q", "-b", "main"], ["add", "."], ["commit", "-q", "-m", "begin"]):
        subprocess.run(["git", *words], cwd=folder, check=True)
    return folder
