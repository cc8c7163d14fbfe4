"""The dashboard of cost: what is paid for, and what of it is used.

Prices are no figures that anybody collects: the bill of an environment says them, and AWS's own
budget watches it. What can be seen here is what is asked for and lies idle.
"""

from groundplan.model.platform import Platform
from groundplan.targets.monitoring.dashboards import ask
from groundplan.targets.monitoring.dashboards.board import Board, Panel, Row, number, series

_REQUESTS = "kube_pod_container_resource_requests"
_ROOM = "kube_node_status_allocatable"


def board(platform: Platform) -> Board:
    """Return the dashboard."""
    return Board(
        uid="cost",
        title="cost",
        description="What is paid for, and what of it is used.",
        rows=(_paid(platform), _used(), _by_namespace()),
    )


def _paid(platform: Platform) -> Row:
    words = (
        f"The budget of this environment is **{platform.cost.budget} US dollars a month**; "
        "`./run cost` says what each line of the bill is, and what would be cheaper."
    )
    nodes = "count by (label_node_kubernetes_io_instance_type) (kube_node_labels)"
    disks = "sum by (namespace) (kube_persistentvolumeclaim_resource_requests_storage_bytes)"
    return Row(
        "What is paid for",
        (
            Panel(title="The bill", sort="text", width=4, description=words),
            number("Nodes", "count(kube_node_info)"),
            series("Nodes by type", (nodes, "{{label_node_kubernetes_io_instance_type}}"),
                   least=0),
            series("Disks", (disks, "{{namespace}}"), unit="bytes", least=0),
        ),
    )  # fmt: skip


def _used() -> Row:
    panels = []
    for resource, used, words in (
        ("cpu", 'sum(rate(node_cpu_seconds_total{mode!="idle"}[5m]))', "CPU"),
        (
            "memory",
            "sum(node_memory_MemTotal_bytes) - sum(node_memory_MemAvailable_bytes)",
            "Memory",
        ),
    ):
        room = ask.total(_ROOM, f'resource="{resource}"')
        asked = ask.total(_REQUESTS, f'resource="{resource}"')
        panels.append(
            series(
                f"{words}: of all that is paid for",
                (f"{asked} / {room}", "asked for"),
                (f"({used}) / {room}", "used"),
                unit="percentunit",
                width=12,
                least=0,
            )
        )
    return Row("What of it is used", tuple(panels))


def _by_namespace() -> Row:
    used = ask.rate("container_cpu_usage_seconds_total", 'container!=""', "namespace")
    asked = ask.total(_REQUESTS, 'resource="cpu"', "namespace")
    memory = ask.total("container_memory_working_set_bytes", 'container!=""', "namespace")
    sent = ask.rate("container_network_transmit_bytes_total", by="namespace")
    return Row(
        "By namespace",
        (
            series("CPU that is asked for and lies idle", (f"{asked} - {used}", "{{namespace}}")),
            series("Memory", (memory, "{{namespace}}"), unit="bytes", least=0),
            series("Sent", (sent, "{{namespace}}"), unit="Bps", least=0),
        ),
    )
