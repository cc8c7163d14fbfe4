"""Our values for the charts of what watches: kube-prometheus-stack and the operator of Elastic.

Takes a platform and Alertmanager's configuration; hands on plain values, a file a chart. Argo CD
reads them beside the chart, `helm install -f` can too. The charts' own rules and dashboards are
off: every alert here has a runbook, and every dashboard asks for what is collected.
"""

from collections.abc import Mapping
from typing import Any, Final

from groundplan.model.placement import Placement
from groundplan.model.platform import Platform
from groundplan.model.quantity import seconds
from groundplan.targets.monitoring import alertmanager, manifest, workload
from groundplan.targets.monitoring.elastic import lifecycle

Values = Mapping[str, Any]
PROMETHEUS: Final = "kube-prometheus-stack"
ELASTIC: Final = "eck-operator"
NAME: Final = "observability"
"""Begins the names of what the first chart makes."""
GRAFANA: Final = "grafana-administrator"
"""The Secret with the name and password of Grafana's administrator."""
DASHBOARD: Final = "grafana_dashboard"
"""The label by which Grafana finds dashboards."""
_COPIES: Final = 2
_DISK: Final = "50Gi"
_SIZE: Final = "45GB"
"""What Prometheus keeps at the most; its log of writes needs the rest of the disk."""


def values(platform: Platform, placement: Placement) -> dict[str, Values]:
    """Return the values by the chart's name."""
    return {
        PROMETHEUS: {
            "fullnameOverride": NAME,
            "cleanPrometheusOperatorObjectNames": True,
            "crds": {"enabled": True},
            "defaultRules": {"create": False},
            "prometheusOperator": _operator(),
            "prometheus": {
                "prometheusSpec": _prometheus(platform, placement),
                "podDisruptionBudget": {"enabled": True, "maxUnavailable": 1},
            },
            "alertmanager": _alertmanager(platform, placement),
            "grafana": _grafana(placement),
            "kube-state-metrics": _objects(),
            "prometheus-node-exporter": _nodes(),
            **_cluster(),
        },
        ELASTIC: _elastic(),
    }


def _operator() -> Values:
    return {
        "resources": workload.resources("50m", "128Mi", "256Mi"),
        # A certificate made while rendering would differ at every sync.
        "admissionWebhooks": {"certManager": {"enabled": True}, "patch": {"enabled": False}},
        "networkPolicy": {"enabled": False},
    }


def _prometheus(platform: Platform, placement: Placement) -> Values:
    metrics = platform.observability.metrics
    ours = {"matchLabels": {"app.kubernetes.io/part-of": platform.name}}
    every = seconds(metrics.interval)
    return {
        "replicas": _COPIES,
        "retention": f"{lifecycle.days_of(metrics.retention)}d",
        "retentionSize": _SIZE,
        "scrapeInterval": every,
        "evaluationInterval": every,
        "externalLabels": {
            "environment": placement.environment,
            "cluster": f"{platform.name}-{placement.environment}",
        },
        "ruleSelector": ours,
        "serviceMonitorSelectorNilUsesHelmValues": False,
        "podMonitorSelectorNilUsesHelmValues": False,
        "probeSelectorNilUsesHelmValues": False,
        "scrapeConfigSelectorNilUsesHelmValues": False,
        "enableAdminAPI": False,
        "walCompression": True,
        "podAntiAffinity": "soft",
        "resources": workload.resources("500m", "2Gi", "4Gi", "2"),
        "storageSpec": {"volumeClaimTemplate": {"spec": _claim(platform, _DISK)}},
    }


def _alertmanager(platform: Platform, placement: Placement) -> Values:
    return {
        "config": alertmanager.config(platform, placement),
        "podDisruptionBudget": {"enabled": True, "maxUnavailable": 1},
        "alertmanagerSpec": {
            "replicas": _COPIES,
            "retention": "120h",
            "secrets": [alertmanager.SECRET],
            "podAntiAffinity": "soft",
            "externalUrl": f"https://{platform.domain}/alerts",
            "resources": workload.resources("50m", "64Mi", "128Mi"),
            "storage": {"volumeClaimTemplate": {"spec": _claim(platform, "1Gi")}},
        },
    }


def _grafana(placement: Placement) -> Values:
    dashboards = {
        "enabled": True,
        "label": DASHBOARD,
        "labelValue": "1",
        "searchNamespace": manifest.NAMESPACE,
        "resource": "configmap",
    }
    return {
        "defaultDashboardsEnabled": False,
        "admin": {"existingSecret": GRAFANA, "userKey": "username", "passwordKey": "password"},
        "replicas": 1,
        "testFramework": {"enabled": False},
        # It would change owners as root; there is no disk to own.
        "initChownData": {"enabled": False},
        "persistence": {"enabled": False},
        "resources": workload.resources("100m", "192Mi", "384Mi"),
        "sidecar": {
            "dashboards": dashboards,
            "datasources": {"uid": "prometheus", "alertmanager": {"enabled": False}},
            "resources": workload.resources("20m", "96Mi", "192Mi"),
            "securityContext": workload.confinement(),
        },
        "grafana.ini": {
            "analytics": {"check_for_updates": False, "reporting_enabled": False},
            "auth.anonymous": {"enabled": False},
            "users": {"allow_sign_up": False},
            "security": {"cookie_secure": True, "disable_gravatar": True},
            "server": {"root_url": f"{placement.public_url}/"},
        },
    }


def _objects() -> Values:
    shown = "node.kubernetes.io/instance-type,topology.kubernetes.io/zone"
    return {
        "resources": workload.resources("20m", "96Mi", "256Mi"),
        "metricLabelsAllowlist": [f"nodes=[{shown}]"],
        "prometheus": {"monitor": {"honorLabels": True}},
    }


def _nodes() -> Values:
    """Return the values of node-exporter, the one pod that must see its node's own network."""
    return {
        "namespaceOverride": manifest.AGENTS,
        "resources": workload.resources("20m", "32Mi", "64Mi"),
        "podAnnotations": {manifest.REASON: _SEES_NODE},
        "prometheus": {
            "monitor": {
                "relabelings": [
                    {"targetLabel": "job", "replacement": "node"},
                    {"sourceLabels": ["__meta_kubernetes_pod_node_name"],
                     "targetLabel": "instance"},
                ]
            }
        },
    }  # fmt: skip


_SEES_NODE: Final = "shows the figures of its node: its network, processes, disks and memory"


def _cluster() -> dict[str, Values]:
    """Return what is collected of the cluster; AWS runs the rest and shows none of it."""
    hidden = ("kubeControllerManager", "kubeScheduler", "kubeEtcd", "kubeProxy")
    return {
        "kubelet": {"enabled": True, "serviceMonitor": {"cAdvisor": True, "probes": True}},
        "kubeApiServer": {"enabled": True},
        "coreDns": {"enabled": True},
        **{name: {"enabled": False} for name in hidden},
    }


def _elastic() -> Values:
    return {
        "installCRDs": True,
        "replicaCount": 1,
        "managedNamespaces": [manifest.NAMESPACE],
        "createClusterScopedResources": True,
        "resources": workload.resources("100m", "192Mi", "512Mi"),
        "podSecurityContext": {
            "runAsNonRoot": True,
            "seccompProfile": {"type": "RuntimeDefault"},
        },
        "securityContext": workload.confinement(),
        "webhook": {"enabled": True, "manageCerts": True},
        "telemetry": {"disabled": True},
        "config": {"setDefaultSecurityContext": True, "containerRegistry": "docker.elastic.co"},
    }


def _claim(platform: Platform, size: str) -> Values:
    return {
        "accessModes": ["ReadWriteOnce"],
        "storageClassName": f"{platform.name}-encrypted",
        "resources": {"requests": {"storage": size}},
    }
