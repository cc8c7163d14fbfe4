from groundplan_backend.observability.metrics import Metrics


def test_made_up_methods_are_one() -> None:
    """A client cannot fill the memory with names of its own."""
    metrics = Metrics()
    for number in range(100):
        metrics.observe(f"FOO{number}", "", 405, 0.001)
    text = metrics.exposition().decode()
    assert 'method="OTHER"' in text
    assert "FOO" not in text
    assert 1 == len(metrics._children)


def test_a_request_is_counted_by_route_and_status() -> None:
    """Rate and errors come from the histogram's count, duration from its buckets."""
    metrics = Metrics()
    for status in (200, 200, 503):
        metrics.observe("GET", "/things/{thing}", status, 0.003)
    text = metrics.exposition().decode()
    name = 'http_server_request_duration_seconds_count{method="GET",route="/things/{thing}"'
    assert f'{name},status="200"}} 2.0' in text
    assert f'{name},status="503"}} 1.0' in text
