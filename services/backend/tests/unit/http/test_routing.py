from typing import Any

import msgspec
import pytest
from litestar import Litestar

from groundplan_backend.errors import Conflict
from groundplan_backend.http import reply
from groundplan_backend.http.caller import Guard
from groundplan_backend.http.exchange import Exchange
from groundplan_backend.http.operation import handlers_of, operation
from groundplan_backend.http.routing import error_handlers, route_handlers
from groundplan_backend.settings import Secret
from groundplan_contracts.identity import Role


class _Body(msgspec.Struct):
    name: str


class _Controller:
    @operation("GET", "/things/{thing:uuid}", "read", role=Role.VIEWER)
    async def read(self, exchange: Exchange, thing: Any) -> reply.Reply:
        """Read."""
        return reply.json(str(thing))

    @operation("POST", "/things", "create", body=_Body, body_required=False)
    async def create(self, exchange: Exchange, body: _Body | None) -> reply.Reply:
        """Create."""
        return reply.json(body)

    @operation("GET", "/things", "list")
    async def refuse(self, exchange: Exchange) -> reply.Reply:
        """Refuse."""
        raise Conflict("not now")

    @operation("GET", "/broken", "break")
    async def broken(self, exchange: Exchange) -> reply.Reply:
        """Break."""
        raise RuntimeError("secret detail")


@pytest.fixture(scope="module")
def application() -> Any:
    """A Litestar application of the controller above."""
    controllers = [_Controller()]
    declared = [one for one, _ in handlers_of(_Controller)]
    return Litestar(
        route_handlers(controllers, Guard(Secret("key"))),
        exception_handlers=error_handlers(declared),
        openapi_config=None,
        logging_config=None,
    )


async def _ask(
    application: Any, method: str, path: str, body: bytes = b"", **headers: str
) -> tuple[int, dict[str, str], Any]:
    messages: list[Any] = []

    async def receive() -> Any:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Any) -> None:
        messages.append(message)

    given = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    scope: dict[str, Any] = {
        "type": "http", "method": method, "path": path, "query_string": b"", "headers": given,
        "root_path": "", "http_version": "1.1", "scheme": "http",
    }  # fmt: skip
    scope["exchange"] = Exchange(scope, receive)
    await application(scope, receive, send)
    answered = {name.decode(): value.decode() for name, value in messages[0]["headers"]}
    raw = messages[1]["body"]
    return messages[0]["status"], answered, msgspec.json.decode(raw) if raw else None


async def test_a_body_may_be_left_out_where_it_is_optional(application: Any) -> None:
    """The handler then gets None."""
    assert (200, None) == (await _ask(application, "POST", "/things"))[::2]
    asked = await _ask(
        application, "POST", "/things", b'{"name":"a"}', content_type="application/json"
    )
    assert {"name": "a"} == asked[2]


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/things", 409, "conflict"),
        ("GET", "/nothing", 404, "not_found"),
        ("GET", "/things/not-a-uuid", 404, "not_found"),
        ("PUT", "/things", 405, "method_not_allowed"),
        ("GET", "/things/3d0ca315-aff9-4fc2-be61-3b76b9a2d798", 401, "unauthenticated"),
    ],
)
async def test_everything_that_goes_wrong_is_a_problem(
    application: Any, method: str, path: str, status: int, code: str
) -> None:
    """Errors of ours and of Litestar have one form."""
    answered, headers, body = await _ask(application, method, path)
    assert (status, code) == (answered, body["code"])
    assert "application/problem+json" == headers["content-type"]


async def test_a_fault_of_ours_tells_nothing(application: Any) -> None:
    """The caller gets an id; the detail is in the log."""
    status, _, body = await _ask(application, "GET", "/broken")
    assert (500, "internal_error") == (status, body["code"])
    assert "secret" not in str(body)


@pytest.mark.parametrize("method", ["OPTIONS", "DELETE"])
async def test_allow_names_every_method_of_a_path(application: Any, method: str) -> None:
    """Asked or refused, the answer is the same list."""
    _, headers, _ = await _ask(application, method, "/things")
    assert "GET, OPTIONS, POST" == headers["allow"]


async def test_a_handler_gets_the_path_by_type(application: Any) -> None:
    """A UUID in the path arrives as a UUID, and the guard has let the caller in."""
    thing = "3d0ca315-aff9-4fc2-be61-3b76b9a2d798"
    status, _, body = await _ask(
        application, "GET", f"/things/{thing}", x_groundplan_gateway="key",
        x_groundplan_subject="ada", x_groundplan_role="viewer", x_groundplan_session="s",
    )  # fmt: skip
    assert (200, thing) == (status, body)
