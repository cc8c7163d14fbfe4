from prometheus_client import CollectorRegistry, generate_latest

from groundplan_contracts.durations import DurationsFamily


def _text(family: DurationsFamily) -> str:
    registry = CollectorRegistry()
    registry.register(family)
    return generate_latest(registry).decode()


def test_durations_are_a_histogram_of_prometheus() -> None:
    """Buckets hold all that is below their bound, and count and sum are those of all."""
    family = DurationsFamily("x_seconds", "Time.", ("method",), (0.1, 1.0))
    for seconds in (0.05, 0.1, 0.5, 7.0):
        family.child(("GET",)).observe(seconds)
    text = _text(family)
    assert "# TYPE x_seconds histogram" in text
    assert 'x_seconds_bucket{le="0.1",method="GET"} 2.0' in text
    assert 'x_seconds_bucket{le="1.0",method="GET"} 3.0' in text
    assert 'x_seconds_bucket{le="+Inf",method="GET"} 4.0' in text
    assert 'x_seconds_count{method="GET"} 4.0' in text
    assert 'x_seconds_sum{method="GET"} 7.65' in text


def test_labels_are_told_apart() -> None:
    """Every set of labels counts for itself, and none is made twice."""
    family = DurationsFamily("x_seconds", "Time.", ("status",), (0.1,))
    assert family.child((200,)) is family.child((200,))
    family.child((500,)).observe(0.2)
    assert 'x_seconds_count{status="200"} 0.0' in _text(family)
    assert 'x_seconds_count{status="500"} 1.0' in _text(family)


def test_a_family_that_counted_nothing_is_named_all_the_same() -> None:
    """Its name can be found before the first request."""
    assert "# TYPE x_seconds histogram" in _text(DurationsFamily("x_seconds", "T.", (), (1.0,)))
