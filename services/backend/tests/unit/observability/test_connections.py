from prometheus_client import CollectorRegistry, generate_latest

from groundplan_backend.observability.connections import Connections


class _Pool:
    size, idle, used, pending, timeouts = 5, 2, 3, 4, 7


def test_the_state_of_the_pool_is_read_when_somebody_asks() -> None:
    """Idle and used connections, the most there may be, who waits and who waited in vain."""
    registry, pool = CollectorRegistry(), _Pool()
    registry.register(Connections(pool))
    text = generate_latest(registry).decode()
    assert 'db_client_connection_count{state="idle"} 2.0' in text
    assert 'db_client_connection_count{state="used"} 3.0' in text
    assert "db_client_connection_max 5.0" in text
    assert "db_client_connection_pending_requests 4.0" in text
    assert "db_client_connection_timeouts_total 7.0" in text
    pool.idle = 1
    assert 'db_client_connection_count{state="idle"} 1.0' in generate_latest(registry).decode()
