from typing import Any

from groundplan_telemetry.records.line import Line
from groundplan_telemetry.records.requests import Requests
from groundplan_telemetry.records.source import Source


def _line(replica: str = "frontend-1", **told: Any) -> Line:
    return Line(0, Source("frontend", replica), 1, "GET /", b"", b"", told)


def test_lines_are_rate_errors_and_duration() -> None:
    """Every request counts once, by method and status, at its time."""
    made = Requests(["frontend-1", "frontend-2"])
    made.note(_line(method="GET", status="200", seconds="0.004"))
    made.note(_line(method="POST", status="502", seconds="3.000"))
    text = made.exposition("frontend-1")
    name = "http_server_request_duration_seconds"
    assert "nginx_http_requests_total 2.0" in text
    assert f'{name}_bucket{{le="0.005",method="GET",status="200"}} 1.0' in text
    assert f'{name}_sum{{method="POST",status="502"}} 3.0' in text
    assert "nginx_http_requests_total 0.0" in made.exposition("frontend-2")


def test_other_lines_count_nothing() -> None:
    """Neither words of nginx itself, nor lines of somebody else's."""
    made = Requests(["frontend-1"])
    made.note(_line())
    made.note(_line(status="two hundred", seconds="1"))
    made.note(_line("backend-1", method="GET", status=200, seconds=1))
    assert "nginx_http_requests_total 0.0" in made.exposition("frontend-1")


def test_made_up_methods_are_one() -> None:
    """A caller cannot fill the memory with names of its own."""
    made = Requests(["frontend-1"])
    for number in range(50):
        made.note(_line(method=f"FOO{number}", status="405", seconds="0"))
    text = made.exposition("frontend-1")
    assert 'http_server_request_duration_seconds_count{method="OTHER",status="405"} 50.0' in text
    assert "FOO" not in text


def test_times_that_are_none_count_nothing() -> None:
    """A figure is never spoilt by one line."""
    made = Requests(["frontend-1"])
    for seconds in ("nan", "inf"):
        made.note(_line(method="GET", status="200", seconds=seconds))
    made.note(_line(method="GET", status=float("inf"), seconds="1"))
    assert "nginx_http_requests_total 0.0" in made.exposition("frontend-1")
