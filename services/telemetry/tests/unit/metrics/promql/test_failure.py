"""Why queries have no answer."""

import pytest

from groundplan_telemetry.metrics.promql.failure import QueryError, unsupported


@pytest.mark.parametrize(
    ("kind", "status"), [("bad_data", 400), ("execution", 422), ("timeout", 503)]
)
def test_kinds_have_their_status(kind: str, status: int) -> None:
    """Each kind goes with the status that Prometheus gives it."""
    assert status == QueryError("x", kind).status


def test_what_is_not_supported_is_named() -> None:
    """What this evaluator lacks is named, and cannot be executed."""
    error = unsupported("function 'info'")
    assert (422, "function 'info' is not supported by this store") == (error.status, str(error))
