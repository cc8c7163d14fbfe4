from groundplan_gateway.metrics import Metrics


def lines(metrics):
    return set(metrics.exposition().decode().splitlines())


def test_decisions_are_counted_by_result():
    """Every result has its own count."""
    metrics = Metrics()
    metrics.decisions["allowed"] += 3
    metrics.decisions["forbidden"] += 1
    assert 'groundplan_authz_decisions_total{result="allowed"} 3.0' in lines(metrics)
    assert 'groundplan_authz_decisions_total{result="forbidden"} 1.0' in lines(metrics)


def test_redis_calls_are_a_histogram():
    """A call counts once, with its time, and all the checks that it answered."""
    metrics = Metrics()
    metrics.redis_answered(0.0008, checks=12)
    metrics.redis_answered(9.0, checks=1)
    found = lines(metrics)
    assert "groundplan_authz_redis_checks_total 13.0" in found
    assert 'groundplan_authz_redis_call_seconds_bucket{le="0.0005"} 0.0' in found
    assert 'groundplan_authz_redis_call_seconds_bucket{le="0.001"} 1.0' in found
    assert 'groundplan_authz_redis_call_seconds_bucket{le="+Inf"} 2.0' in found
    assert "groundplan_authz_redis_call_seconds_count 2.0" in found


def test_the_circuit_is_shown():
    """The circuit is open until Redis is found, and each loss is counted."""
    metrics = Metrics()
    assert "groundplan_authz_circuit_open 1.0" in lines(metrics)
    metrics.circuit_closed()
    assert "groundplan_authz_circuit_open 0.0" in lines(metrics)
    metrics.circuit_opened()
    assert "groundplan_authz_circuit_opened_total 1.0" in lines(metrics)
