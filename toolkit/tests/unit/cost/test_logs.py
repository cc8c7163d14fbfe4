"""The part of the bill for CloudWatch."""

QUIET = "objectives: {api: {throughput: 1000/s}}\nobservability: {logs: {retention: 60d}}\n"


def test_logs_cost_when_they_come_and_while_they_are_kept(cost_of) -> None:
    """131 million requests of 600 bytes at 0.50 a GB; two months of them at 15 % of the size."""
    assert 39.42 == cost_of("observability", "logs of services", QUIET)[1]
    assert 0.71 == cost_of("observability", "logs of services kept", QUIET)[1]


def test_flow_logs_are_paid_where_they_are_on(cost_of, bill_of) -> None:
    """250 bytes of each request, or none."""
    assert 16.43 == cost_of("observability", "logs of flows", QUIET)[1]
    off = bill_of("network: {flowLogs: false}\n")
    assert () == off.find([("observability", "logs of flows")])


def test_the_control_plane_logs_and_alarms_watch(cost_of) -> None:
    """2, 6 or 25 GB at 0.50; 8, 14 or 25 alarms at 0.10."""
    assert (1.0, 3.0, 12.5) == cost_of("observability", "logs of control plane")
    assert (0.1, 0.5, 4.0) == cost_of("observability", "logs of database and edge")
    assert (0.8, 1.4, 2.5) == cost_of("observability", "alarms")
