"""Objects written by hand, of which nothing is to be said; tests spoil copies of them."""

import copy
from collections.abc import Callable
from typing import Any

import pytest

Object = dict[str, Any]
NAMESPACE = "shop"
LABELS = {"app.kubernetes.io/name": "backend"}
SELECTOR = {"matchLabels": LABELS}


def _meta(name: str, **more: Any) -> Object:
    return {"name": name, "namespace": NAMESPACE, **more}


def _template() -> Object:
    return {
        "metadata": {"labels": dict(LABELS)},
        "spec": {
            "serviceAccountName": "backend",
            "automountServiceAccountToken": False,
            "priorityClassName": "shop-normal",
            "terminationGracePeriodSeconds": 40,
            "securityContext": {
                "runAsNonRoot": True,
                "runAsUser": 10001,
                "seccompProfile": {"type": "RuntimeDefault"},
            },
            "topologySpreadConstraints": [
                {
                    "maxSkew": 1,
                    "topologyKey": "topology.kubernetes.io/zone",
                    "whenUnsatisfiable": "DoNotSchedule",
                    "labelSelector": copy.deepcopy(SELECTOR),
                }
            ],
            "containers": [_container()],
            "volumes": [
                {"name": "secrets", "secret": {"secretName": "backend-secrets"}},
                {
                    "name": "tls",
                    "projected": {"sources": [{"secret": {"name": "backend-tls"}}]},
                },
                {"name": "config", "configMap": {"name": "backend"}},
                {"name": "run", "emptyDir": {}},
            ],
        },
    }


def _container() -> Object:
    return {
        "name": "backend",
        "image": "registry.example/backend@sha256:" + "0" * 64,
        "env": [
            {
                "name": "LOG_LEVEL",
                "valueFrom": {"configMapKeyRef": {"name": "backend", "key": "level"}},
            }
        ],
        "ports": [{"name": "https", "containerPort": 8443}],
        "readinessProbe": {"httpGet": {"path": "/", "port": "https"}},
        "lifecycle": {
            "preStop": {"exec": {"command": ["python3", "-c", "import time; time.sleep(10)"]}}
        },
        "resources": {"requests": {"cpu": "100m"}},
        "securityContext": {
            "allowPrivilegeEscalation": False,
            "capabilities": {"drop": ["ALL"]},
        },
    }


def _objects() -> list[Object]:
    secure = {f"pod-security.kubernetes.io/{mode}": "restricted" for mode in _MODES}
    return [
        _of("v1", "Namespace", {"name": NAMESPACE, "labels": secure}),
        _of("scheduling.k8s.io/v1", "PriorityClass", {"name": "shop-normal"}, value=10),
        _of("v1", "ServiceAccount", _meta("backend")),
        _of("v1", "ConfigMap", _meta("backend"), data={"level": "info"}),
        _spec(
            "external-secrets.io/v1",
            "ExternalSecret",
            "backend",
            secretStoreRef={"name": "store"},
            target={"name": "backend-secrets", "template": {"data": {"database-url": "x"}}},
        ),
        _spec("external-secrets.io/v1", "SecretStore", "store", provider={}),
        _spec(
            "cert-manager.io/v1",
            "Certificate",
            "backend",
            secretName="backend-tls",
            issuerRef={"name": "authority"},
        ),
        _spec("cert-manager.io/v1", "Issuer", "authority", selfSigned={}),
        _spec("apps/v1", "Deployment", "backend", selector=SELECTOR, template=_template()),
        _spec(
            "v1",
            "Service",
            "backend",
            selector=LABELS,
            ports=[{"name": "https", "port": 8443, "targetPort": "https"}],
        ),
        _spec(
            "autoscaling/v2",
            "HorizontalPodAutoscaler",
            "backend",
            minReplicas=3,
            maxReplicas=9,
            scaleTargetRef={"apiVersion": "apps/v1", "kind": "Deployment", "name": "backend"},
            metrics=[{"type": "Resource", "resource": {"name": "cpu"}}],
        ),
        _spec("policy/v1", "PodDisruptionBudget", "backend", minAvailable=2, selector=SELECTOR),
        _spec(
            "networking.k8s.io/v1",
            "NetworkPolicy",
            "backend",
            podSelector=SELECTOR,
            ingress=[{"from": [{"podSelector": SELECTOR}]}],
        ),
        _spec(
            "networking.k8s.io/v1",
            "Ingress",
            "backend",
            rules=[{"http": {"paths": [_way("backend", "https")]}}],
        ),
    ]


_MODES = ("enforce", "audit", "warn")


def _way(service: str, port: str) -> Object:
    return {"path": "/", "backend": {"service": {"name": service, "port": {"name": port}}}}


def _of(version: str, kind: str, metadata: Object, **more: Any) -> Object:
    return {"apiVersion": version, "kind": kind, "metadata": metadata, **more}


def _spec(version: str, kind: str, name: str, **spec: Any) -> Object:
    return _of(version, kind, _meta(name), spec=copy.deepcopy(spec))


@pytest.fixture
def objects() -> list[Object]:
    """Return a service with all that belongs to it, fit to be spoiled."""
    return _objects()


@pytest.fixture
def find(objects: list[Object]) -> Callable[[str], Object]:
    """Return what finds the object of a kind."""

    def found(kind: str) -> Object:
        return next(each for each in objects if each["kind"] == kind)

    return found


@pytest.fixture
def pod(find: Callable[[str], Object]) -> Object:
    """Return the `spec` of the Deployment's pod."""
    spec: Object = find("Deployment")["spec"]["template"]["spec"]
    return spec


@pytest.fixture
def role() -> Object:
    """Return a role that may read pods."""
    rules = [{"apiGroups": [""], "resources": ["pods", "pods/log"], "verbs": ["get", "list"]}]
    return _of("rbac.authorization.k8s.io/v1", "Role", _meta("viewer"), rules=rules)


@pytest.fixture
def binding() -> Object:
    """Return what gives that role to a group of people."""
    return _of(
        "rbac.authorization.k8s.io/v1",
        "RoleBinding",
        _meta("viewer"),
        roleRef={"kind": "Role", "name": "viewer"},
        subjects=[{"kind": "Group", "name": "viewers"}],
    )
