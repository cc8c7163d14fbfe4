"""The dashboard of the cluster: nodes, pods, disks, and certificates that end."""

from groundplan.model.platform import Platform
from groundplan.targets.monitoring import namespaces
from groundplan.targets.monitoring.dashboards import ask
from groundplan.targets.monitoring.dashboards.board import RATE, Board, Row, number, series

_DISKS = 'fstype!~"tmpfs|overlay|squashfs"'


def board(platform: Platform) -> Board:
    """Return the dashboard."""
    return Board(
        uid="cluster",
        title="cluster",
        description="Nodes, pods, disks and certificates.",
        rows=(_now(), _nodes(), _pods(platform), _kept(platform)),
    )


def _now() -> Row:
    waiting = 'sum(kube_pod_status_phase{phase="Pending"})'
    return Row(
        "Now",
        (
            number("Nodes", "count(kube_node_info)"),
            number(
                "Nodes not ready",
                'count(kube_node_status_condition{condition="Ready",status="true"} == 0) '
                "or vector(0)",
            ),
            number("Pods that wait for room", waiting),
            number("CPU in use", _busy(""), "percentunit"),
            number("Memory in use", _full(""), "percentunit"),
        ),
    )


def _nodes() -> Row:
    sent = ask.rate("node_network_transmit_bytes_total", 'device!="lo"', "instance")
    left = f"min by (instance) (node_filesystem_avail_bytes{{{_DISKS}}} "
    left += f"/ node_filesystem_size_bytes{{{_DISKS}}})"
    return Row(
        "Nodes",
        (
            series("CPU in use", (_busy("instance"), "{{instance}}"), unit="percentunit", least=0,
                   most=1, width=6),
            series("Memory in use", (_full("instance"), "{{instance}}"), unit="percentunit",
                   least=0, most=1, width=6),
            series("Left on the fullest disk", (left, "{{instance}}"), unit="percentunit",
                   least=0, most=1, width=6),
            series("Sent", (sent, "{{instance}}"), unit="Bps", least=0, width=6),
        ),
    )  # fmt: skip


def _pods(platform: Platform) -> Row:
    ours = f'namespace="{platform.name}"'
    killed = f'kube_pod_container_status_last_terminated_reason{{{ours},reason="OOMKilled"}}'
    restarts = f"sum by (pod) (increase(kube_pod_container_status_restarts_total{{{ours}}}[1h]))"
    at_most = (
        f"kube_horizontalpodautoscaler_status_current_replicas{{{ours}}} "
        f"/ kube_horizontalpodautoscaler_spec_max_replicas{{{ours}}}"
    )
    return Row(
        "Pods",
        (
            series("Restarts in an hour", (f"{restarts} > 0", "{{pod}}"), least=0),
            series("Ended for want of memory", (f"sum by (pod) ({killed})", "{{pod}}"), least=0),
            series("Replicas, of those there may be", (at_most, "{{horizontalpodautoscaler}}"),
                   unit="percentunit", least=0, most=1),
        ),
    )  # fmt: skip


def _kept(platform: Platform) -> Row:
    left = "kubelet_volume_stats_available_bytes / kubelet_volume_stats_capacity_bytes"
    spaces = "|".join((platform.name, *namespaces.NAMESPACES))
    ends = (
        "(certmanager_certificate_expiration_timestamp_seconds"
        f'{{namespace=~"{spaces}"}} - time()) / 86400'
    )
    jobs = f'sum by (job_name) (kube_job_status_failed{{namespace="{platform.name}"}})'
    return Row(
        "Disks, certificates and jobs",
        (
            series("Left on disks of pods", (left, "{{namespace}} {{persistentvolumeclaim}}"),
                   unit="percentunit", least=0, most=1),
            series("Days until certificates end", (ends, "{{namespace}} {{name}}"), least=0),
            series("Jobs that failed", (f"{jobs} > 0", "{{job_name}}"), least=0),
        ),
    )  # fmt: skip


def _busy(by: str) -> str:
    grouped = f" by ({by})" if by else ""
    return f'1 - avg{grouped} (rate(node_cpu_seconds_total{{mode="idle"}}[{RATE}]))'


def _full(by: str) -> str:
    free = ask.total("node_memory_MemAvailable_bytes", by=by)
    return f"1 - {free} / {ask.total('node_memory_MemTotal_bytes', by=by)}"
