"""The kinds of work that both stacks do, and what has to come back for it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from bench.content import SERVICE, WORD


@dataclass(frozen=True, slots=True)
class Scenario:
    """One request that is repeated, and the gain over the peer that it has to reach."""

    name: str
    title: str
    path: str
    method: str = "GET"
    status: int = 200
    cache_control: str | None = None
    traceparent: str | None = None
    body: str | None = None
    rows: int | None = None
    """Items that a list has to answer."""
    least_gain: float | None = None
    """Throughput of ours divided by theirs; none where no figure is promised."""
    signs_in: bool = False
    """Whether the body is the caller's credentials, and no token comes along."""
    connections: int = 32

    def for_caller(self, credentials: str) -> "Scenario":
        """Return the work with the caller's credentials where it needs them."""
        return replace(self, body=credentials) if self.signs_in else self

    def headers(self, token: str) -> Mapping[str, str]:
        """Return the request's headers for a signed-in caller."""
        headers = {} if self.signs_in else {"authorization": f"Bearer {token}"}
        if self.cache_control is not None:
            headers["cache-control"] = self.cache_control
        if self.traceparent is not None:
            headers["traceparent"] = self.traceparent
        if self.body is not None:
            headers["content-type"] = "application/json"
        return headers


LIST: Final = Scenario(
    name="list",
    title="list of 20 rows from PostgreSQL",
    path="/api/v1/catalog/services?limit=20",
    cache_control="no-cache",
    rows=20,
    least_gain=2.5,
)
READ: Final = Scenario(
    name="read",
    title="one service, cached in Redis",
    path=f"/api/v1/catalog/services/{SERVICE}",
    least_gain=3.0,
)
CREATE: Final = Scenario(
    name="create",
    title="create with an audit row",
    path=f"/api/v1/catalog/services/{SERVICE}/annotations",
    method="POST",
    status=201,
    body=json.dumps({"key": "note", "value": "Measured, side by side"}),
)
SEARCH: Final = Scenario(
    name="search",
    title="search of 50,000 audit events",
    path=f"/api/v1/audit/events?limit=20&text={WORD}",
    rows=20,
)
LOGIN: Final = Scenario(
    name="login",
    title="sign-in with a password (argon2id, 19 MiB)",
    path="/api/v1/identity/sign-in",
    method="POST",
    signs_in=True,
    # Tries for one address count before they are verified, and the tenth that is open locks it:
    # four, and four that wrk left open when it ended the turn before, stay below.
    connections=4,
)
SCENARIOS: Final = (LIST, READ, CREATE, SEARCH, LOGIN)
