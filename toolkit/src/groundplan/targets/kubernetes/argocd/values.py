"""Our values for the charts of the cluster's services: two copies where one would be an outage,
bounded resources, nothing of root, rights by pod identity through the service accounts' names.
"""

from collections.abc import Mapping
from typing import Any

from groundplan.model.placement import Placement
from groundplan.model.platform import Platform
from groundplan.targets.kubernetes import output, pinned
from groundplan.targets.kubernetes.argocd import own
from groundplan.targets.kubernetes.argocd.bounds import (
    COPIES,
    CRITICAL,
    confinement,
    identity,
    resources,
)
from groundplan.targets.kubernetes.pinned import Chart

Values = Mapping[str, Any]


def of_charts(platform: Platform, placement: Placement) -> dict[Chart, Values]:
    """Return the values of every chart."""
    cluster = f"{platform.name}-{placement.environment}"
    return {
        pinned.ARGO_CD: own.values(platform),
        pinned.CERT_MANAGER: _cert_manager(),
        pinned.EXTERNAL_SECRETS: _external_secrets(),
        pinned.LOAD_BALANCER_CONTROLLER: _load_balancer(platform, placement, cluster),
        pinned.CLUSTER_AUTOSCALER: _autoscaler(platform, cluster),
        pinned.RELOADER: _reloader(platform),
        pinned.EXTERNAL_DNS: _external_dns(platform, cluster),
    }


def _cert_manager() -> Values:
    part = {
        "replicaCount": COPIES,
        "podDisruptionBudget": {"enabled": True, "minAvailable": 1},
        "securityContext": identity(),
        "containerSecurityContext": confinement(),
        "resources": resources("50m", "64Mi", "256Mi"),
    }
    return {
        "crds": {"enabled": True, "keep": True},
        "global": {
            "priorityClassName": CRITICAL,
            "leaderElection": {"namespace": "cert-manager"},
        },
        **part,
        "webhook": dict(part),
        "cainjector": dict(part),
        "startupapicheck": {"enabled": False},
    }


def _external_secrets() -> Values:
    part = {
        "replicaCount": COPIES,
        "podDisruptionBudget": {"enabled": True, "minAvailable": 1},
        "priorityClassName": CRITICAL,
        "securityContext": {**confinement(), "enabled": True, "runAsUser": 10001},
        "resources": resources("50m", "64Mi", "256Mi"),
    }
    return {
        "installCRDs": True,
        "serviceAccount": {"create": True, "name": "external-secrets"},
        "leaderElect": True,
        "concurrent": 2,
        "processClusterExternalSecret": False,
        "processClusterStore": False,
        "processPushSecret": False,
        **part,
        "webhook": dict(part),
        "certController": {**part, "replicaCount": 1, "podDisruptionBudget": {"enabled": False}},
    }


def _load_balancer(platform: Platform, placement: Placement, cluster: str) -> Values:
    return {
        "clusterName": cluster,
        "region": platform.region,
        # Pods cannot ask the node's metadata service, so the VPC must be told.
        "vpcId": output.value(placement, "vpc_id"),
        "replicaCount": COPIES,
        "serviceAccount": {"create": True, "name": "aws-load-balancer-controller"},
        # A certificate made while rendering would differ at every sync.
        "enableCertManager": True,
        "createIngressClassResource": False,
        # Terraform's groups open what is open; it gets no right to change them.
        "enableBackendSecurityGroup": False,
        "enableServiceMutatorWebhook": False,
        "enableShield": False,
        "enableWaf": False,
        "enableWafv2": True,
        "defaultTags": {"platform": platform.name, "managed-by": "kubernetes"},
        "podDisruptionBudget": {"maxUnavailable": 1},
        "priorityClassName": CRITICAL,
        "podSecurityContext": identity(),
        "securityContext": confinement(),
        "resources": resources("100m", "128Mi", "256Mi"),
    }


def _autoscaler(platform: Platform, cluster: str) -> Values:
    return {
        "fullnameOverride": "cluster-autoscaler",
        "cloudProvider": "aws",
        "awsRegion": platform.region,
        # The groups carry the cluster's name as a tag, and with it their least and most nodes.
        "autoDiscovery": {"clusterName": cluster},
        "replicaCount": COPIES,
        "rbac": {"serviceAccount": {"create": True, "name": "cluster-autoscaler"}},
        "extraArgs": {
            "balance-similar-node-groups": True,
            "expander": "least-waste",
            "scale-down-unneeded-time": "10m",
            "skip-nodes-with-local-storage": False,
            "skip-nodes-with-system-pods": False,
        },
        "podDisruptionBudget": {"maxUnavailable": 1},
        "priorityClassName": CRITICAL,
        "securityContext": identity(),
        "containerSecurityContext": confinement(),
        "resources": resources("100m", "256Mi", "512Mi"),
    }


def _reloader(platform: Platform) -> Values:
    """Return the values of what replaces pods that read a secret only when they start."""
    watched = (platform.name, "monitoring", "node-agents")
    return {
        "reloader": {
            "enableHA": True,
            # Variables would change the pod's template in a way that the repository does not know.
            "reloadStrategy": "annotations",
            "namespaceSelector": f"kubernetes.io/metadata.name in ({','.join(watched)})",
            "logFormat": "json",
            "readOnlyRootFileSystem": True,
            "podDisruptionBudget": {"enabled": True, "minAvailable": 1},
            "deployment": {
                "replicas": COPIES,
                "priorityClassName": CRITICAL,
                "securityContext": identity(),
                "containerSecurityContext": confinement(),
                "resources": resources("20m", "64Mi", "256Mi"),
            },
        }
    }


def _external_dns(platform: Platform, cluster: str) -> Values:
    return {
        "provider": {"name": "aws"},
        "env": [{"name": "AWS_REGION", "value": platform.region}],
        "serviceAccount": {"create": True, "name": "external-dns"},
        "sources": ["ingress"],
        "domainFilters": [platform.domain],
        "policy": "sync",
        "registry": "txt",
        "txtOwnerId": cluster,
        "extraArgs": ["--aws-zone-type=public"],
        "priorityClassName": CRITICAL,
        "podSecurityContext": identity(),
        "securityContext": confinement(),
        "resources": resources("20m", "64Mi", "128Mi"),
    }
