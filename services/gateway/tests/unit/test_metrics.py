import re

from groundplan_gateway.metrics import Metrics


def lines(metrics):
    return set(metrics.exposition().decode().splitlines())


def order(found):
    """Return lines with their labels in the order of the alphabet."""
    return {re.sub(r"{(.*)}", lambda m: f"{{{','.join(sorted(m[1].split(',')))}}}", line)
            for line in found}  # fmt: skip


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
    metrics.redis_failed(0.06)
    found = lines(metrics)
    name = "db_client_operation_duration_seconds"
    rest = 'operation="EVALSHA",system="redis"'
    well = f'error_type="",{rest}'
    assert "groundplan_authz_redis_checks_total 13.0" in found
    assert f'{name}_bucket{{error_type="",le="0.0005",{rest}}} 0.0' in order(found)
    assert f'{name}_bucket{{error_type="",le="0.001",{rest}}} 1.0' in order(found)
    assert f'{name}_bucket{{error_type="",le="+Inf",{rest}}} 2.0' in order(found)
    assert f"{name}_count{{{well}}} 2.0" in order(found)
    failed = well.replace('""', '"unavailable"')
    assert f"{name}_count{{{failed}}} 1.0" in order(found)


def test_checks_have_rate_errors_and_duration():
    """Each check counts by method and status, with the time to its answer."""
    metrics = Metrics()
    metrics.answered("GET", 200, 0.0004)
    metrics.answered("GET", 503, 0.2)
    name = "http_server_request_duration_seconds"
    found = order(lines(metrics))
    assert f'{name}_count{{method="GET",route="/check",status="200"}} 1.0' in found
    assert f'{name}_bucket{{le="0.1",method="GET",route="/check",status="503"}} 0.0' in found


def test_lost_spans_are_shown():
    """What the recorder of spans counts is there for alerts to read."""
    metrics = Metrics({"sent": 3, "queue_full": 1})
    assert 'tracing_spans_total{outcome="queue_full"} 1.0' in lines(metrics)


def test_the_circuit_is_shown():
    """The circuit is open until Redis is found, and each loss is counted."""
    metrics = Metrics()
    assert "groundplan_authz_circuit_open 1.0" in lines(metrics)
    metrics.circuit_closed()
    assert "groundplan_authz_circuit_open 0.0" in lines(metrics)
    metrics.circuit_opened()
    assert "groundplan_authz_circuit_opened_total 1.0" in lines(metrics)
