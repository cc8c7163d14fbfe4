"""Every path has one handler, or a refusal."""

import pytest

from groundplan_telemetry.http.reply import Refused
from groundplan_telemetry.http.routing import Route, Router


async def _handler(_):
    raise AssertionError("nobody calls it")


ROUTES = [
    Route("GET", "/traces", _handler),
    Route("GET", "/traces/{trace_id}", _handler),
    Route("GET", "/api/v1/query", _handler),
    Route("POST", "/api/v1/query", _handler),
]


def test_places_match_up_to_the_next_slash():
    """What stands in a place is handed on; a path of its own goes first."""
    router = Router(ROUTES)
    assert {} == router.find("GET", "/traces").parts
    assert {"trace_id": "ab"} == router.find("GET", "/traces/ab").parts
    assert "POST" == router.find("POST", "/api/v1/query").route.method


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", "/traces/a/b", 404), ("GET", "/", 404), ("PUT", "/api/v1/query", 405)],
)
def test_what_is_not_there_is_refused(method, path, status):
    """Nothing is guessed: another path and another method are refused."""
    with pytest.raises(Refused) as refused:
        Router(ROUTES).find(method, path)
    assert status == refused.value.problem.status
